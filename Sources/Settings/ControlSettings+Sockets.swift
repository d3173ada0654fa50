extension ControlSettings {
  /// Where postern-auth answers the operator.
  package var authSocket: String { "\(directory)/auth" }
}
