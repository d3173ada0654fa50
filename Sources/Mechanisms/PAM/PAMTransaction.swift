import CPAM
import Credentials
import Glibc

/// One `pam_handle_t`, from `pam_start_confdir` to `pam_end`.
struct PAMTransaction: ~Copyable {
  private let handle: OpaquePointer
  /// What the latest call returned: `pam_end` tells the modules' clean-up functions.
  private var status = PAM_SUCCESS

  /// Runs both phases of `service` and says what they come to.
  ///
  /// - Parameters:
  ///   - service: whose file in `directory` is the stack.
  ///   - directory: where libpam looks for files, and for nothing elsewhere.
  ///   - remote: `PAM_RHOST`, unless empty.
  ///   - conversation: answers the modules, and outlives the call.
  /// - Returns: *accepted* when both phases succeed for the user that was asked about.
  static func judge(
    service: ServiceName, directory: String, remote: CountedString,
    conversation: UnsafeMutablePointer<PAMConversation>
  ) -> AuthVerdict {
    guard
      var transaction = PAMTransaction(
        service: service.description, directory: directory, conversation: conversation)
    else { return .unavailable(.mechanismFailed) }
    return transaction.judge(remote: remote, conversation: conversation)
  }

  private init?(
    service: String, directory: String, conversation: UnsafeMutablePointer<PAMConversation>
  ) {
    var handle: OpaquePointer?
    var callbacks = pam_conv(conv: answerPAM, appdata_ptr: conversation)
    let status = pam_start_confdir(service, conversation.pointee.login, &callbacks, directory, &handle)
    guard let handle else { return nil }
    self.handle = handle
    self.status = status
    conversation.pointee.handle = handle
  }

  deinit { pam_end(handle, status) }

  private mutating func judge(
    remote: CountedString, conversation: UnsafeMutablePointer<PAMConversation>
  ) -> AuthVerdict {
    // What a stack makes of a question that got no answer says nothing about the password.
    func settled(_ verdict: AuthVerdict) -> AuthVerdict {
      conversation.pointee.failed ? .unavailable(.conversationFailed) : verdict
    }
    guard status == PAM_SUCCESS, prepare(remote: remote) else { return .unavailable(.mechanismFailed) }
    let flags = Int32(PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK)
    status = pam_authenticate(handle, flags)
    guard status == PAM_SUCCESS else { return settled(AuthVerdict(pamFailure: status)) }
    status = pam_acct_mgmt(handle, flags)
    guard status == PAM_SUCCESS else { return settled(AuthVerdict(pamFailure: status)) }
    guard isStill(conversation.pointee.login) else { return .refused(.userChanged) }
    return settled(.accepted)
  }

  /// Tells the modules where the user is, and takes their delay away: postern-auth delays refusals by timer.
  private mutating func prepare(remote: CountedString) -> Bool {
    let noDelay: @convention(c) (Int32, UInt32, UnsafeMutableRawPointer?) -> Void = { _, _, _ in }
    status = pam_set_item(handle, PAM_FAIL_DELAY, unsafeBitCast(noDelay, to: UnsafeRawPointer.self))
    guard status == PAM_SUCCESS else { return false }
    if !remote.isEmpty {
      status = remote.withCString { pam_set_item(handle, PAM_RHOST, $0) }
    }
    return status == PAM_SUCCESS
  }

  /// Whether the transaction is about `login` after the modules had their say.
  private mutating func isStill(_ login: UnsafePointer<CChar>) -> Bool {
    var item: UnsafeRawPointer?
    status = pam_get_item(handle, PAM_USER, &item)
    guard status == PAM_SUCCESS, let item else { return false }
    return strcmp(item.assumingMemoryBound(to: CChar.self), login) == 0
  }
}
