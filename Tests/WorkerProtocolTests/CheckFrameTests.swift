import Credentials
import TestKit
import Testing

@testable import WorkerProtocol

@Suite struct CheckFrameTests {
  private let pool: SecretPool

  init() throws { pool = try SecretPool(slots: 3, slotSize: CheckFrame.longest) }

  private func frame(
    login: String = "alice", password: [UInt8] = Array("secret".utf8), remote: String = "192.0.2.1"
  ) throws -> [UInt8] {
    var secret = pool.slot()
    #expect(password.withUnsafeBytes { secret.append($0) })
    var frame = pool.slot()
    let subject = LoginSubject(
      login: try #require(CountedString(login)), service: try #require(ServiceName("smtp")),
      realm: try #require(CountedString("lab")), remote: try #require(CountedString(remote)))
    CheckFrame.encode(id: 7, mechanism: .pam, subject: subject, password: secret, into: &frame)
    return frame.withSpan { span in span.indices.map { span[$0] } }
  }

  /// What a worker gets out of the bytes.
  private func read(_ bytes: [UInt8]) throws -> [String] {
    let check = try CheckFrame.decode(bytes.span, pool: pool)
    let password = check.request.password.withBytes { Array($0) }
    return [
      "\(check.id)", "\(check.mechanism)", check.request.login.text, check.request.service.description,
      check.request.realm.text, check.request.remote.text, "\(password)",
    ]
  }

  private func fault(in bytes: [UInt8], _ pool: SecretPool) -> FrameError? {
    do {
      _ = try CheckFrame.decode(bytes.span, pool: pool)
      return nil
    } catch {
      return error
    }
  }

  @Test func `A check is read as it was written`() throws {
    let bytes = try frame()
    #expect(
      try read(bytes) == [
        "7", "pam", "alice", "smtp", "lab", "192.0.2.1", "\(Array("secret".utf8))",
      ])
  }

  @Test func `The longest of everything fits`() throws {
    let name = String(repeating: "n", count: 256)
    let bytes = try frame(
      login: name, password: [UInt8](repeating: 0xFE, count: CheckFrame.longestPassword), remote: name)
    #expect(bytes.count <= CheckFrame.longest)
    #expect(try read(bytes).last == "\([UInt8](repeating: 0xFE, count: 8192))")
  }

  @Test func `A frame cut or lengthened anywhere is an error and keeps no slot`() throws {
    let bytes = try frame()
    let free = pool.available
    for count in 0..<bytes.count {
      #expect(fault(in: Array(bytes.prefix(count)), pool) != nil)
    }
    #expect(fault(in: bytes + [0], pool) == .wrongLength)
    #expect(pool.available == free)
  }

  @Test func `Without a free slot the check isn't taken`() throws {
    let bytes = try frame()
    let full = try SecretPool(slots: 1, slotSize: 16)
    let taken = full.slot()
    #expect(fault(in: bytes, full) == .noMemory)
    #expect(taken.count == 0)
  }
}
