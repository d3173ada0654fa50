import Expressions

/// An expression of a whitelist, and where it stands.
struct WhitelistExpression: Sendable {
  let expression: PerlExpression
  let file: String
  let line: Int

  /// Compiles `pattern`; a fault names the line.
  init(_ pattern: ArraySlice<UInt8>, file: String, line: Int) throws(WhitelistFault) {
    do throws(PerlExpressionError) {
      expression = try PerlExpression(pattern, letters: .caseInsensitive)
    } catch {
      throw WhitelistFault(file: file, line: line, reason: .expression("\(error)"))
    }
    self.file = file
    self.line = line
  }

  var complaint: GreylistLogLine {
    GreylistLogLine(
      .complaint, "\(file) line \(line): the expression took too many steps, and was passed over")
  }
}

/// What a whitelist says.
package struct WhitelistAnswer: Equatable, Sendable {
  package var isListed: Bool
  /// Rules that couldn't be asked.
  package var complaints: [GreylistLogLine] = []
}
