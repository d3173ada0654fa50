import Foundation

/// A program that was run to its end.
struct Finished: Equatable {
  var status: Int32
  var output: String
  var errors: String
}

/// Runs `program` to its end.
///
/// The output goes through files, so that a program that writes much can't block on us.
func run(
  _ program: String, _ arguments: [String] = [], input: String = "", environment: [String: String] = [:],
  within limit: Duration = .patience
) async throws -> Finished {
  let directory = try RunDirectory()
  try directory.write(input, to: "stdin")
  let process = try RunningProcess(
    program, arguments, input: directory.path("stdin"), output: directory.path("stdout"),
    errors: directory.path("stderr"), environment: environment)
  do {
    try await eventually("\(program) ends", within: limit) { !process.isRunning }
  } catch {
    try await process.stop(by: SIGKILL)
    throw error
  }
  return Finished(
    status: process.exitStatus,
    output: String(decoding: try Data(contentsOf: URL(filePath: directory.path("stdout"))), as: UTF8.self),
    errors: String(decoding: try Data(contentsOf: URL(filePath: directory.path("stderr"))), as: UTF8.self))
}

/// Runs a program that has to succeed.
@discardableResult
func must(_ program: String, _ arguments: [String], input: String = "") async throws -> String {
  let finished = try await run(program, arguments, input: input)
  guard finished.status == 0 else { throw Failed(program: program, arguments: arguments, finished: finished) }
  return finished.output
}

/// A program of the test's own set-up that didn't do its work.
struct Failed: Error, CustomStringConvertible {
  var program: String
  var arguments: [String]
  var finished: Finished
  var description: String {
    "\(program) \(arguments.joined(separator: " ")): exit \(finished.status)\n\(finished.output)\(finished.errors)"
  }
}
