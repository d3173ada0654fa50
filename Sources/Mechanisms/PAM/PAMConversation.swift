import CPAM
import Glibc

/// What the modules may ask, and what they asked already.
///
/// The first prompt without echo gets the password; a second one would be for something that we don't have
/// (a one-time code, a new password), so the conversation fails there.
struct PAMConversation {
  let login: UnsafePointer<CChar>
  let password: UnsafeRawBufferPointer
  /// The transaction, whose prompt for the user's name is looked up.
  var handle: OpaquePointer?
  /// Whether a question was left unanswered.
  private(set) var failed = false
  private var gavePassword = false

  init(login: UnsafePointer<CChar>, password: UnsafeRawBufferPointer) {
    self.login = login
    self.password = password
  }

  /// Answers all of `messages`, or none.
  ///
  /// - Returns: memory from calloc that libpam wipes and frees.
  fileprivate mutating func answer(
    _ messages: UnsafeBufferPointer<UnsafePointer<pam_message>?>
  ) -> UnsafeMutablePointer<pam_response>? {
    guard let memory = calloc(messages.count, MemoryLayout<pam_response>.stride) else { return fail() }
    let answers = UnsafeMutableBufferPointer(
      start: memory.bindMemory(to: pam_response.self, capacity: messages.count), count: messages.count)
    for (index, message) in messages.enumerated() {
      guard let message = message?.pointee, answer(message, in: &answers[index]) else {
        discard(answers)
        return fail()
      }
    }
    return answers.baseAddress
  }

  /// False when there is no answer to `message`.
  private mutating func answer(_ message: pam_message, in response: inout pam_response) -> Bool {
    switch message.msg_style {
    case PAM_PROMPT_ECHO_OFF:
      guard !gavePassword else { return false }
      gavePassword = true
      response.resp = copy(password)
      return response.resp != nil
    case PAM_PROMPT_ECHO_ON:
      guard let text = message.msg, let prompt = userPrompt, strcmp(text, prompt) == 0 else { return false }
      response.resp = copy(UnsafeRawBufferPointer(start: login, count: strlen(login)))
      return response.resp != nil
    case PAM_ERROR_MSG, PAM_TEXT_INFO:
      return true
    default:
      return false
    }
  }

  /// The question for which the login is the answer.
  private var userPrompt: UnsafePointer<CChar>? {
    var item: UnsafeRawPointer?
    guard let handle, pam_get_item(handle, PAM_USER_PROMPT, &item) == PAM_SUCCESS else { return nil }
    return item?.assumingMemoryBound(to: CChar.self)
  }

  private func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutablePointer<CChar>? {
    guard let memory = calloc(bytes.count + 1, 1) else { return nil }
    UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyMemory(from: bytes)
    return memory.assumingMemoryBound(to: CChar.self)
  }

  private func discard(_ answers: UnsafeMutableBufferPointer<pam_response>) {
    for answer in answers {
      guard let text = answer.resp else { continue }
      explicit_bzero(text, strlen(text))
      free(text)
    }
    free(answers.baseAddress)
  }

  fileprivate mutating func fail() -> UnsafeMutablePointer<pam_response>? {
    failed = true
    return nil
  }
}

/// The conversation function, called by libpam in the middle of a phase.
func answerPAM(
  count: Int32, messages: UnsafeMutablePointer<UnsafePointer<pam_message>?>?,
  responses: UnsafeMutablePointer<UnsafeMutablePointer<pam_response>?>?, context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let conversation = context?.assumingMemoryBound(to: PAMConversation.self) else { return PAM_CONV_ERR }
  guard (1...PAM_MAX_NUM_MSG).contains(count), let messages, let responses,
    let answers = conversation.pointee.answer(UnsafeBufferPointer(start: messages, count: Int(count)))
  else {
    _ = conversation.pointee.fail()
    return PAM_CONV_ERR
  }
  responses.pointee = answers
  return PAM_SUCCESS
}
