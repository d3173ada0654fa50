import ArgumentParser
import Glibc
import Policy
import PolicySetup
import Settings
import SystemCalls

/// One script, read and ready to be played.
struct ScriptPlay {
  /// A script of this size is none.
  private static let largest = 16 << 20

  private let name: String
  private let scene: RehearsalScene
  private let steps: [ScriptStep]
  /// What is wrong, a line each, with file and line.
  let faults: [String]

  /// Reads a script.
  ///
  /// - Parameters:
  ///   - file: its path; `-` for standard input.
  ///   - scene: what it begins with.
  /// - Throws: an exit code when it can't be read; the complaint has been written.
  init(file: String, on scene: RehearsalScene) throws {
    let script: [UInt8]
    do {
      script = try file == "-" ? Self.standardInput() : FileContents(of: file, limit: Self.largest).bytes
    } catch {
      Complaint.write("\(file): \(error)")
      throw ArgumentParser.ExitCode(ExitStatus.usage)
    }
    self.init(name: file == "-" ? "stdin" : file, script: script, on: scene)
  }

  init(name: String, script: [UInt8], on scene: RehearsalScene) {
    self.name = name
    self.scene = scene
    var reader = ScriptReader(scene.rehearsed, sources: .host)
    let reading = reader.read(script: script)
    steps = reading.steps
    faults = reading.faults.map { "\(name):\($0.line): \($0.message(lists: reader.listNames))" }
  }

  /// Plays it to its end, whatever is missed.
  ///
  /// - Returns: whether every expectation was met.
  func run(isVerbose: Bool, print: (String) -> Void, complain: (String) -> Void) -> Bool {
    var rehearsal = scene.rehearsal()
    var isContent = true
    for step in steps {
      let shown = ShownStep(step, rehearsal.play(step.command), isVerbose: isVerbose)
      for line in shown.lines { print(line) }
      guard let missed = shown.missed else { continue }
      complain("\(name):\(step.line): \(missed)")
      isContent = false
    }
    return isContent
  }

  private static func standardInput() -> [UInt8] {
    var script: [UInt8] = []
    while script.count < largest, let line = readLine(strippingNewline: false) { script += Array(line.utf8) }
    return script
  }
}
