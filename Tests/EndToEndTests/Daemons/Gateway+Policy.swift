import Foundation

extension Gateway.Options {
  /// A listener of the policy service.
  struct Policy {
    /// The whole list, as main.cf has it.
    var restrictions: String
    var onFailure = "dunno"
  }
}

extension Gateway {
  /// Inside Postfix's queue directory, where main.cf names it `unix:postern/NAME`.
  static func policySocket(_ name: String, in run: RunDirectory) -> String {
    run.path("queue/postern/\(name)")
  }

  /// The tables of postern.toml for the policy service; makes the directories that they name.
  ///
  /// A Postfix in `run` is asked for what it is responsible for.
  static func policyTables(in run: RunDirectory, options: Options) throws -> String {
    guard !options.policies.isEmpty else { return "" }
    try run.make("queue/postern")
    let store = try options.store ?? run.make("store")
    try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
    let listeners = options.policies.map { name, policy in
      """
      [policy.\(name)]
      listen = ["unix:\(policySocket(name, in: run))"]
      on_failure = "\(policy.onFailure)"
      restrictions = ['\(policy.restrictions)']

      """
    }
    return """
      [mail]
      from_postfix = "\(run.path("conf"))"
      [store]
      path = "\(store)/postern.db"

      """ + listeners.joined()
  }
}
