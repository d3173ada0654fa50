/// The codes of SMTP replies.
enum ReplyCode {
  /// Whether `text` is the code of a reply that refuses: 400 to 599.
  static func isRefusal(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 3 && Int(text).map { (400...599).contains($0) } == true
  }
}
