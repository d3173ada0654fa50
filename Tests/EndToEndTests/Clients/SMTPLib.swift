import Foundation

/// Sessions of Python's smtplib: what a program that sends mail does.
struct SMTPLib: Equatable {
  var ehlo: [String]
  var code: Int
  var isSent: Bool

  /// Logs in and sends a message, `parallel` times at once.
  static func send(
    to listener: PrivatePostfix.Listener, method: String, login: String, password: String, parallel: Int = 1
  ) async throws -> [SMTPLib] {
    let script = Project.path("Tests/EndToEndTests/Clients/smtplib_client.py")
    let output = try await must(
      "python3", [script, listener.address, "\(listener.port)", method, login, "\(parallel)"], input: password
    )
    return try output.split(separator: "\n").map {
      let told = try JSONDecoder().decode(Told.self, from: Data($0.utf8))
      return SMTPLib(ehlo: told.ehlo, code: told.auth.code, isSent: told.sent.isTrue)
    }
  }

  private struct Told: Decodable {
    var ehlo: [String]
    var auth: Reply
    var sent: Sent
  }

  private struct Reply: Decodable {
    var code: Int

    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      code = try values.decode(Int.self)
    }
  }

  /// True, or the text of a refusal.
  private struct Sent: Decodable {
    var isTrue: Bool

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      do { isTrue = try value.decode(Bool.self) } catch { isTrue = false }
    }
  }
}
