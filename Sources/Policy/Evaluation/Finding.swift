/// What a restriction says of a request, before the state of the walk is applied to it.
enum Finding: Equatable {
  case dunno
  case permit(Decision.Permission)
  case refuse(Refusal)
  /// Trouble of ours: it ends everything.
  case fail(Refusal)
  case deferIfPermit(Refusal)
  case deferIfReject(Refusal)
  /// It can't say before the DNS has answered.
  case unanswered
}
