import Control
import Policy
import Testing

@testable import PolicyService

extension PolicyRequest {
  /// A client's request for the list `recipient`: mx.example, from a@b.example to u@lab.example.
  static func test(from address: String) throws -> PolicyRequest {
    try #require(
      PolicyRequest(
        DecisionRequest.Dialogue(
          list: "recipient", address: Array(address.utf8), name: Array("mx.example".utf8), helo: [],
          login: nil, sender: Array("a@b.example".utf8), recipient: Array("u@lab.example".utf8))))
  }
}
