import CResolv
import MailTypes

/// The bytes of a reply, and how far they have been read; not to be used longer than the bytes.
struct ReplyMessage {
  /// One question or record: what `next…` fills anew.
  typealias Record = cresolv_record

  private let bytes: UnsafeBufferPointer<UInt8>
  private var message = cresolv_message()

  /// Nil for what is cut short, or has bytes behind its last record.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    guard cresolv_open(bytes.baseAddress, Int32(clamping: bytes.count), &message) == 0 else { return nil }
  }

  /// QR is set, the operation is a query, and nothing was left out.
  var isWholeReply: Bool { message.flags & 0xFA00 == 0x8000 }
  /// RFC 1035's RCODE.
  var code: UInt16 { message.flags & 0xF }
  var questionCount: Int { Int(message.questions) }
  var answerCount: Int { Int(message.answers) }
  var authorityCount: Int { Int(message.authorities) }

  /// Where the next question or record begins; may be set back to where one began.
  var cursor: UInt32 {
    get { message.cursor }
    set { message.cursor = newValue }
  }

  /// Whether the next question is this one, of class IN.
  mutating func nextQuestion(is question: DNSQuestion) -> Bool {
    var asked = cresolv_question()
    return cresolv_next_question(&message, &asked) == 0 && asked.class_number == 1
      && asked.type == question.type.rawValue && Self.isName(&asked.name, question.name)
  }

  /// Reads the next record; false when it can't be read.
  mutating func nextRecord(_ record: inout Record) -> Bool {
    cresolv_next_record(&message, &record) == 0
  }

  /// The bytes of a record's data.
  func data(of record: Record) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(record.start)..<(Int(record.start) + Int(record.length))])
  }

  /// The name at an offset of a record's data, nil inside when it can't be written as one, and how many bytes
  /// it takes; nil when there is none.
  mutating func name(in record: inout Record, at offset: Int) -> (name: DomainName?, size: Int)? {
    var name = cresolv_name()
    let size = cresolv_name(&message, &record, Int32(offset), &name)
    if size < 0 { return nil }
    let count = Int(name.length)
    if count == 0 { return (.root, Int(size)) }
    guard count > 0 else { return (nil, Int(size)) }
    let bytes = withUnsafeBytes(of: &name.bytes) { Array($0.prefix(count)) }
    return (DomainName(bytes), Int(size))
  }

  /// How many bytes the name at an offset of a record's data takes; nil when there is none.
  mutating func sizeOfName(in record: inout Record, at offset: Int) -> Int? {
    var name = cresolv_name()
    let size = cresolv_name(&message, &record, Int32(offset), &name)
    return size < 0 ? nil : Int(size)
  }

  /// Names are compared as bytes: both sides are in small letters.
  static func isName(_ read: inout cresolv_name, _ name: DomainName) -> Bool {
    read.length == name.bytes.count && isSuffix(&read, of: name.bytes)
  }

  /// Whether the name that was read is `name` or one above it.
  static func isAtOrAbove(_ read: inout cresolv_name, _ name: DomainName) -> Bool {
    let surplus = name.bytes.count - Int(read.length)
    guard read.length > 0, surplus > 0 else { return read.length == 0 || isName(&read, name) }
    return name.bytes[surplus - 1] == UInt8(ascii: ".") && isSuffix(&read, of: name.bytes)
  }

  private static func isSuffix(_ read: inout cresolv_name, of bytes: [UInt8]) -> Bool {
    let count = Int(read.length)
    return withUnsafeBytes(of: &read.bytes) { read in
      bytes.withUnsafeBytes { read.prefix(count).elementsEqual($0.suffix(count)) }
    }
  }
}
