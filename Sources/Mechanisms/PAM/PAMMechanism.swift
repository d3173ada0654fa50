package import Credentials
import PAMStack
import SystemCalls

/// Asks the PAM stack of the request's service: authentication, then the account.
///
/// Only a service with a file of its own in the directory is asked; libpam by itself would go on to `other`.
/// Nothing is opened and no credential is set: saslauthd doesn't either.
package struct PAMMechanism: Mechanism {
  private let directory: String
  private let modules = LoadedModules()

  /// - Parameter directory: where a service's file is, `/etc/pam.d` on a live system.
  package init(directory: String) { self.directory = directory }

  package func check(_ request: borrowing AuthRequest) -> AuthVerdict {
    if let refusal = request.refusal(before: .pam) { return .refused(refusal) }
    do {
      guard try isRegularFile("\(directory)/\(request.service)") else { return .refused(.serviceWithoutFile) }
    } catch {
      return .unavailable(.sourceUnavailable)
    }
    modules.hold(for: request.service, directory: directory)
    let verdict = ask(request)
    return verdict == .refused(.accountDenied) && isBroken(request.service)
      ? .unavailable(.mechanismFailed) : verdict
  }

  /// libpam denies permission for a file that it can't read as well as for an account that may not.
  private func isBroken(_ service: ServiceName) -> Bool {
    let stack = PAMServiceDirectory(directory).stack(of: service)
    return !stack.faults.isEmpty || !stack.hasLines(of: .auth) || !stack.hasLines(of: .account)
  }

  private func ask(_ request: borrowing AuthRequest) -> AuthVerdict {
    let login = request.login
    let service = request.service
    let remote = request.remote
    return request.password.withBytes { password in
      login.withCString { login in
        var conversation = PAMConversation(login: login, password: password)
        return withUnsafeMutablePointer(to: &conversation) { conversation in
          PAMTransaction.judge(
            service: service, directory: directory, remote: remote, conversation: conversation)
        }
      }
    }
  }
}
