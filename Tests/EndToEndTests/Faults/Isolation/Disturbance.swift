import Testing

/// What befalls the policy service.
enum Disturbance: String, Sendable, CaseIterable, CustomTestStringConvertible {
  case killed, stopped, flooded
  var testDescription: String { rawValue }
}
