import Policy
import PolicySetup

/// A script that is typed: each line is played when it is complete, and a wrong one can be said again.
struct RehearsalPrompt {
  let scene: RehearsalScene
  let isVerbose: Bool

  /// Plays until the end of input.
  func run() {
    var reader = ScriptReader(scene.rehearsed, sources: .host)
    var rehearsal = scene.rehearsal()
    while let line = Self.ask() {
      let reading = reader.read(script: Array(line.utf8))
      for fault in reading.faults { Complaint.writePlain(fault.message(lists: reader.listNames)) }
      for step in reading.steps {
        let shown = ShownStep(step, rehearsal.play(step.command), isVerbose: isVerbose)
        for line in shown.lines where !line.hasPrefix("> ") { print(line) }
        if let missed = shown.missed { Complaint.writePlain(missed) }
      }
    }
  }

  /// A line with those that continue it; nil at the end.
  private static func ask() -> String? {
    var text = ""
    var prompt = "rehearse> "
    while true {
      print(prompt, terminator: "")
      guard let line = readLine() else {
        print()
        return text.isEmpty ? nil : text
      }
      text += line
      guard line.hasSuffix("\\") else { return text }
      text += "\n"
      prompt = "> "
    }
  }
}
