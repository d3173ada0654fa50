import ArgumentParser
import Control
import Settings

/// A question about the greylist to the running policy service.
struct GreylistQuestion {
  /// As long as the service keeps anybody waiting: it walks through all that it knows.
  private static let patience = 60

  private let request: GreylistRequest

  /// - Throws: wrong usage, for what the service would not understand.
  init(_ request: GreylistRequest) throws {
    let line = OperatorRequest.greylist(request).line
    guard OperatorRequest(line: String(line.dropLast())) == .greylist(request) else {
      throw ValidationError("an argument is too long, or out of its bounds.")
    }
    self.request = request
  }

  /// Asks the daemon that `options` name; what is wrong is said on standard error.
  func ask(_ options: DaemonOptions) throws -> [ControlLine] {
    let socket = try options.settings.policySocket
    let answer = try OperatorQuestion(.greylist(request), patience: Self.patience).ask(socket)
    do throws(ControlError) {
      return try OperatorAnswer.lines(of: answer)
    } catch {
      Complaint.write("the daemon's answer is of another release")
      throw ArgumentParser.ExitCode(ExitStatus.unreachable)
    }
  }

  /// An argument as the service takes it.
  static func address(_ argument: String) -> [UInt8] { argument == "<>" ? [] : Array(argument.utf8) }
}
