/// Why a text is no expression.
package enum PerlExpressionError: Error, Equatable, Sendable, CustomStringConvertible {
  case malformed(reason: String, offset: Int)
  case tooLong

  package var description: String {
    switch self {
    case .malformed(let reason, let offset): "\(reason) at offset \(offset)"
    case .tooLong: "the expression is longer than \(PerlExpression.longest) bytes"
    }
  }
}
