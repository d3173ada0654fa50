import Credentials
import WorkerProtocol

extension DecoderProperty {
  /// What a worker says is read exactly when it is one of the messages that there are, and read as that one.
  package static let workerMessage = DecoderProperty("WorkerMessage") { bytes in
    let isMessage = shapes.contains(shape(of: bytes))
    do throws(FrameError) {
      let message = try WorkerMessage(bytes.span)
      guard isMessage else { return "\(message) out of bytes that are no message" }
      guard message.encoded == bytes else { return "\(message) is written in other bytes" }
      return nil
    } catch {
      return isMessage ? "a message is refused: \(error)" : nil
    }
  }

  private static let idBytes = 6..<14

  /// All messages with the request id 0.
  private static let shapes: Set<[UInt8]> = {
    let reasons =
      Refusal.allCases.map(AuthVerdict.refused) + Outage.allCases.map(AuthVerdict.unavailable) + [.accepted]
    let verdicts = [true, false].flatMap { leaving in
      reasons.map { WorkerMessage.verdict(.init(id: 0, verdict: $0, leaving: leaving)) }
    }
    return Set(([.hello] + verdicts).map(\.encoded))
  }()

  /// The bytes with the request id 0, where a verdict may have any; a hello has none.
  private static func shape(of bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > idBytes.upperBound else { return bytes }
    var bytes = bytes
    for index in idBytes { bytes[index] = 0 }
    return bytes
  }
}
