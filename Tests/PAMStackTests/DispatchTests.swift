import CPAM
import Credentials
import Glibc
import TestKit
import Testing

@testable import PAMStack

/// Our dispatcher against libpam's, over stacks made at random of pam_debug, which returns what it is told.
@Suite(.enabled(if: PAMModuleDirectories.system.contain("pam_debug.so"), "libpam-modules has pam_debug.so"))
struct DispatchTests {
  /// pam_debug knows all codes; the two that make libpam freeze the stack are left out.
  private static let codes = PAMReturnCode.allCases.filter {
    ![.conversationAgain, .incomplete].contains($0)
  }

  @Test(arguments: 0..<10)
  func `comes to libpam's result`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    let smtp = try #require(ServiceName("smtp"))
    for _ in 0..<10 {
      let main = Self.lines(including: "\(directory.path)/inner", using: &random)
      let inner = Self.lines(including: nil, using: &random)
      try directory.write(main, to: "smtp")
      try directory.write(inner, to: "inner")
      let stack = PAMServiceDirectory(directory.path).stack(of: smtp)
      try #require(stack.faults.isEmpty)
      let ours = stack.result(of: .auth, answer: Self.answer)
      #expect(Self.number(of: ours) == Self.libpam(directory.path), "smtp:\n\(main)inner:\n\(inner)")
    }
  }

  private static func lines(including file: String?, using random: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...6, using: &random)
    let lines = (0..<count).map { _ in
      if let file, Int.random(in: 0..<4, using: &random) == 0 {
        return "auth \(Bool.random(using: &random) ? "include" : "substack") \(file)\n"
      }
      let code = codes.randomElement(using: &random) ?? .success
      return "auth \(control(using: &random)) pam_debug.so auth=\(code.rawValue)\n"
    }
    return lines.joined()
  }

  private static func control(using random: inout SeededGenerator) -> String {
    let words = ["required", "requisite", "sufficient", "optional"]
    if Bool.random(using: &random) { return words.randomElement(using: &random) ?? "" }
    let actions = ["ignore", "ok", "done", "bad", "die", "reset", "1", "2"]
    let pairs = (0..<3).map { _ in
      let code = codes.randomElement(using: &random)?.rawValue ?? ""
      return "\(code)=\(actions.randomElement(using: &random) ?? "")"
    }
    return "[\(pairs.joined(separator: " ")) default=\(actions.randomElement(using: &random) ?? "")]"
  }

  private static func answer(_ line: PAMModuleLine) -> PAMReturnCode {
    PAMReturnCode(rawValue: String(line.arguments.first?.dropFirst("auth=".count) ?? "")) ?? .abort
  }

  /// The codes are declared in libpam's order.
  private static func number(of code: PAMReturnCode) -> Int32 {
    Int32(PAMReturnCode.allCases.firstIndex(of: code) ?? -1)
  }

  private static func libpam(_ directory: String) -> Int32 {
    var handle: OpaquePointer?
    var conversation = pam_conv(conv: { _, _, _, _ in PAM_CONV_ERR }, appdata_ptr: nil)
    let started = pam_start_confdir("smtp", "nobody", &conversation, directory, &handle)
    guard started == PAM_SUCCESS, let handle else { return -1 }
    let result = pam_authenticate(handle, 0)
    pam_end(handle, result)
    return result
  }
}
