import Authentication
import Credentials
import SaslauthdProtocol
import TestKit
import Testing

@testable import AuthService

/// F29: no two requests that a mechanism could tell apart have one fingerprint.
@Suite struct LoginFingerprintsTests {
  private let fingerprints: LoginFingerprints

  init() throws {
    let pool = try SecretPool(slots: 2, slotSize: DigestKey.size)
    fingerprints = try #require(LoginFingerprints(pool: pool))
  }

  @Test func `Every way to cut the same letters into fields has a fingerprint of its own`() throws {
    let letters = Array("aaaaaaaaaaaa".utf8)
    var seen: [LoginFingerprint: [[UInt8]]] = [:]
    for first in 1..<letters.count {
      for second in first..<letters.count {
        for third in second...letters.count {
          let fields = [
            letters[..<first], letters[first..<second], letters[second..<third], letters[third...],
          ].map(Array.init)
          let fingerprint = try fingerprint(fields)
          #expect(seen[fingerprint] == nil, "\(fields)")
          seen[fingerprint] = fields
        }
      }
    }
    #expect(seen.count == 352)
  }

  @Test func `Random requests have one fingerprint when they are equal, and only then`() throws {
    var random = SeededGenerator(seed: 29)
    var requests: [LoginFingerprint: [[UInt8]]] = [:]
    for _ in 0..<100_000 {
      // Few letters and short fields, so that equal requests do come up.
      let request: [[UInt8]] = (0..<4).map { _ in
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          [0x61, 0x62, 0x40].randomElement(using: &random) ?? 0x61
        }
      }
      let fingerprint = try fingerprint(request)
      if let other = requests[fingerprint] { #expect(other == request) }
      requests[fingerprint] = request
    }
    #expect(requests.count == Set(requests.values).count)
    #expect(requests.count > 10_000 && requests.count < 100_000)
  }

  @Test func `The port from which a mail client comes makes no difference, its address does`() throws {
    let login = [Array("alice".utf8), Array("secret".utf8), Array("smtp".utf8), []]
    let remotes = ["192.0.2.1;1024", "192.0.2.1;65535", "192.0.2.2;1024"].map { Array($0.utf8) }
    let prints = try remotes.map { try fingerprint(login + [$0]) }
    #expect(prints[0] == prints[1])
    #expect(prints[0].request != prints[2].request)
    #expect(prints[0].credentials == prints[2].credentials)
    #expect(try fingerprint(login).request != prints[0].request)
  }

  @Test func `Another life of the process has other fingerprints`() throws {
    let login = [Array("alice".utf8), Array("secret".utf8), Array("smtp".utf8), []]
    let pool = try SecretPool(slots: 2, slotSize: DigestKey.size)
    let others = try #require(LoginFingerprints(pool: pool))
    #expect(try fingerprint(login) != fingerprint(login, by: others))
  }

  /// Of a request with these fields, and what follows it.
  private func fingerprint(
    _ fields: [[UInt8]], by maker: LoginFingerprints? = nil
  ) throws -> LoginFingerprint {
    var bytes: [UInt8] = []
    for field in fields { bytes += [UInt8(field.count >> 8), UInt8(field.count & 0xFF)] + field }
    guard case .whole(let request) = LoginRequest.read(bytes.span) else {
      throw Unreadable(bytes: bytes)
    }
    return bytes.withUnsafeBytes { (maker ?? fingerprints).fingerprint(of: request, in: $0) }
  }

  private struct Unreadable: Error { let bytes: [UInt8] }
}
