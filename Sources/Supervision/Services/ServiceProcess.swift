import EventLoop

/// One service: its process, the conversation with it, and when it is started again.
final class ServiceProcess {
  let kind: ServiceKind
  var life: ChildLife?
  var link: MessageSocket?
  var backoff = Backoff()
  /// It has served since posternd began.
  var hasServed = false

  init(_ kind: ServiceKind) { self.kind = kind }
}
