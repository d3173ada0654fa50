package import MailTypes

/// Whoever answers questions to the DNS.
package protocol Resolver: AnyObject {
  /// Asks, and gives the answer to `reply`.
  ///
  /// `reply` is called exactly once: in a later turn of the loop, or before this returns when the answer is known
  /// already. It may ask further questions. Failures are answers; there is no calling off, and an answer that comes
  /// too late for whoever asked is his to ignore.
  func resolve(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void)

  /// The same, but asks also for what is known: for who wants to know how things are now.
  func resolveAnew(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void)

  /// The answer, when it is known already; nobody is asked.
  func recall(_ question: DNSQuestion) -> DNSAnswer?
}
