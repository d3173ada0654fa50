import Glibc
import Settings

extension ControlSettings {
  /// Where the services answer that have ever run with this directory; that of the logins when none has.
  var serviceSockets: [String] {
    let all: [String] = [authSocket, policySocket]
    let present = all.filter { access($0, F_OK) == 0 }
    return present.isEmpty ? [authSocket] : present
  }

  /// Where a question about the whole daemon goes.
  var anySocket: String { serviceSockets[0] }
}
