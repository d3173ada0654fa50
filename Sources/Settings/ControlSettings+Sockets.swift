extension ControlSettings {
  /// Where postern-auth answers the operator.
  package var authSocket: String { "\(directory)/auth" }
  /// Where postern-policy does.
  package var policySocket: String { "\(directory)/policy" }
}
