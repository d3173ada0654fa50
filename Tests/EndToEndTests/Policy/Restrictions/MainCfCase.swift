/// The two lists of main.cf that decide whether a host relays, and what the proof has to say of them.
struct MainCfCase: Sendable {
  enum Verdict: Sendable {
    /// What the path that is named has in it.
    case open(String)
    /// What a stranger is told.
    case closed(String)
  }

  /// QUEUE stands for the queue directory.
  var relay = ""
  var recipient: String
  var verdict: Verdict

  /// Postfix doesn't run unless one of the lists refuses: `anyone` is for those whose recipient list doesn't.
  static let all = classic + others + ofAService

  private static let elsewhere = "<victim@elsewhere.test>:"
  private static let denied = Verdict.closed("554 5.7.1 \(elsewhere) Relay access denied")
  /// Postfix puts the class before the texts of a service.
  private static let deniedByOurs = Verdict.closed(
    "554 5.7.1 \(elsewhere) Recipient address rejected: Relay access denied")
  private static let anyone = "check_client_access inline:{192.0.2.77=OK}, reject"
  private static let ours = "permit_mynetworks, permit_sasl_authenticated"

  private static let classic = [
    MainCfCase(relay: "", recipient: "\(ours), reject_unauth_destination", verdict: denied),
    MainCfCase(
      relay: "\(ours), defer_unauth_destination", recipient: "permit",
      verdict: .closed("454 4.7.1 \(elsewhere) Relay access denied")),
    MainCfCase(
      relay: "\(ours), defer_unauth_destination", recipient: "\(ours), reject_unauth_destination",
      verdict: .closed("454 4.7.1 \(elsewhere) Relay access denied")),
    MainCfCase(relay: "permit, reject", recipient: "reject_unauth_destination", verdict: denied),
    MainCfCase(
      relay: "permit_auth_destination, check_sender_access inline:{sender.test=OK}, reject",
      recipient: "permit", verdict: .open("check_sender_access inline:{sender.test=OK}")),
    MainCfCase(
      relay: "check_sender_access inline:{sender.test=OK}, reject_unauth_destination",
      recipient: "check_helo_access inline:{mx.sender.test=REJECT}, reject_unauth_destination",
      verdict: .closed("554 5.7.1 <mx.sender.test>: Helo command rejected: Access denied")),
  ]

  private static let others = [
    MainCfCase(
      recipient: "check_helo_access inline:{mx.sender.test=OK}, reject_unauth_destination",
      verdict: .open("check_helo_access")),
    MainCfCase(relay: anyone, recipient: "permit", verdict: .open("permit: permits")),
    MainCfCase(
      relay: anyone, recipient: "warn_if_reject reject_unauth_destination, permit",
      verdict: .open("permit: permits")),
    MainCfCase(
      recipient: "defer_if_permit, permit",
      verdict: .closed("450 4.7.0 \(elsewhere) Recipient address rejected: defer_if_permit requested")),
    MainCfCase(
      relay: anyone, recipient: "warn_if_reject defer_if_permit", verdict: .open("after the last restriction")
    ),
    MainCfCase(
      recipient: "permit_auth_destination, reject",
      verdict: .closed("554 5.7.1 \(elsewhere) Recipient address rejected: Access denied")),
  ]

  /// A service that says OK opens what comes after it; ours doesn't say it to strangers.
  private static let ofAService = [
    MainCfCase(
      recipient: "check_policy_service unix:QUEUE/postern/foreign, reject_unauth_destination",
      verdict: .open("check_policy_service")),
    MainCfCase(
      relay: "check_policy_service unix:postern/foreign, reject", recipient: "reject_unauth_destination",
      verdict: denied),
    MainCfCase(
      recipient: "check_policy_service unix:QUEUE/postern/passing, reject_unauth_destination",
      verdict: denied),
    MainCfCase(
      recipient: "check_policy_service unix:postern/passing, reject_unauth_destination", verdict: denied),
    MainCfCase(
      relay: anyone, recipient: "check_policy_service unix:QUEUE/postern/closing, permit",
      verdict: deniedByOurs),
    MainCfCase(
      relay: anyone, recipient: "check_policy_service { unix:postern/closing, timeout=5s }, permit",
      verdict: deniedByOurs),
    MainCfCase(
      relay: anyone, recipient: "check_policy_service unix:postern/passing",
      verdict: .open("after the last restriction Postfix permits")),
  ]
}
