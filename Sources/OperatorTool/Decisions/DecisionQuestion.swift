import ArgumentParser
import Control
import Settings

/// A question about decisions to a service.
struct DecisionQuestion {
  private let request: DecisionRequest

  /// - Throws: wrong usage, for what the service would not understand.
  init(_ request: DecisionRequest) throws {
    let line = OperatorRequest.decisions(request).line
    guard OperatorRequest(line: String(line.dropLast())) == .decisions(request) else {
      throw ValidationError("an argument is too long, or out of its bounds.")
    }
    self.request = request
  }

  /// Asks the service behind `socket`; what is wrong is said on standard error.
  func ask(_ socket: String) throws -> [ControlLine] {
    let answer = try OperatorQuestion(.decisions(request)).ask(socket)
    do throws(ControlError) {
      return try OperatorAnswer.lines(of: answer)
    } catch {
      Complaint.write("the daemon's answer is of another release")
      throw ArgumentParser.ExitCode(ExitStatus.unreachable)
    }
  }
}
