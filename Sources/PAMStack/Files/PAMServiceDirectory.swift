package import Credentials
import SystemCalls

/// The directory of PAM's service files.
package struct PAMServiceDirectory: Sendable {
  /// libpam's own bound on files that include files.
  static let deepestNesting = 16
  /// Files that include each other twice double with every level.
  static let mostFiles = 100
  static let mostSteps = 1000

  private let path: String
  private let includes: String

  /// Looks for services in one directory, and for the files that they include in another.
  ///
  /// - Parameters:
  ///   - path: where a service's own file is (`pam_start_confdir`).
  ///   - includes: where libpam 1.5 looks for included files, whatever the former is.
  package init(_ path: String, includes: String = "/etc/pam.d") {
    self.path = path
    self.includes = includes
  }

  /// Where the service's own file is, or would be.
  package func path(of service: ServiceName) -> String { "\(path)/\(service)" }

  /// Whether the service has a file of its own; without one libpam would take that of `other`.
  package func serves(_ service: ServiceName) -> Bool {
    do {
      return try isRegularFile(path(of: service))
    } catch {
      // libpam could not read it either.
      return false
    }
  }

  /// The stack of `service`, with whatever is wrong in it.
  package func stack(of service: ServiceName) -> PAMServiceStack {
    var reading = Reading(includes: includes)
    reading.append(path(of: service), phases: PAMPhase.allCases, level: 0, depth: 0, from: nil)
    return reading.stack
  }
}

/// A service's files while they are put together.
private struct Reading {
  private(set) var stack = PAMServiceStack()
  private let includes: String
  private var filesRead = 0
  /// A bound is reached: nothing more is read.
  private var isFull = false

  init(includes: String) { self.includes = includes }

  /// Adds the lines of the file at `path` that belong to `phases`.
  mutating func append(
    _ path: String, phases: [PAMPhase], level: Int, depth: Int, from includer: (file: String, line: Int)?
  ) {
    filesRead += 1
    let contents: FileContents
    do {
      contents = try FileContents(of: path, limit: PAMFile.largest)
    } catch {
      guard let includer else { return stack.faults.append(PAMFault(error.description, file: path)) }
      return note("\(path): \(error)", at: includer)
    }
    let file = PAMFile(String(decoding: contents.bytes, as: UTF8.self), path: path)
    for fault in file.faults where !stack.faults.contains(fault) { stack.faults.append(fault) }
    for line in file.lines where !isFull {
      append(line, of: path, phases: phases, level: level, depth: depth)
    }
  }

  private mutating func append(
    _ line: PAMLine, of file: String, phases: [PAMPhase], level: Int, depth: Int
  ) {
    let place = (file: file, line: line.number)
    switch line.content {
    case .module(let module, let phase) where phases.contains(phase):
      append(.module(module), to: phase, at: place, level: level)
    case .include(let name, let phase) where phases.contains(phase):
      include(name, phases: [phase], level: level, depth: depth, from: place)
    case .substack(let name, let phase) where phases.contains(phase):
      append(.substack, to: phase, at: place, level: level)
      include(name, phases: [phase], level: level + 1, depth: depth, from: place)
    case .includeEverything(let name):
      include(name, phases: phases, level: level, depth: depth, from: place)
    default: break
    }
  }

  private mutating func include(
    _ name: String, phases: [PAMPhase], level: Int, depth: Int, from place: (file: String, line: Int)
  ) {
    guard depth < PAMServiceDirectory.deepestNesting else {
      return stop("files include each other more than \(PAMServiceDirectory.deepestNesting) deep", at: place)
    }
    guard filesRead < PAMServiceDirectory.mostFiles else {
      return stop("more than \(PAMServiceDirectory.mostFiles) files are included", at: place)
    }
    let path = name.hasPrefix("/") ? name : "\(includes)/\(name)"
    append(path, phases: phases, level: level, depth: depth + 1, from: place)
  }

  private mutating func append(
    _ kind: PAMServiceStack.Step.Kind, to phase: PAMPhase, at place: (file: String, line: Int), level: Int
  ) {
    let steps = stack.steps[phase, default: []]
    guard steps.count < PAMServiceDirectory.mostSteps else {
      return stop("the stack has more than \(PAMServiceDirectory.mostSteps) modules", at: place)
    }
    let step = PAMServiceStack.Step(kind: kind, file: place.file, line: place.line, level: level)
    stack.steps[phase, default: []].append(step)
  }

  private mutating func stop(_ reason: String, at place: (file: String, line: Int)) {
    isFull = true
    note(reason, at: place)
  }

  private mutating func note(_ reason: String, at place: (file: String, line: Int)) {
    let fault = PAMFault(reason, file: place.file, line: place.line)
    if !stack.faults.contains(fault) { stack.faults.append(fault) }
  }
}
