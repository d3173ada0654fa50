extension EnhancedStatus {
  /// The status as Postfix shows it when a list of `stage` refuses with it: one about an address (x.1.y) has to be
  /// about the address that the list is about.
  func fitted(to stage: RehearsalStage) -> EnhancedStatus {
    guard subject == 1 else { return self }
    switch stage {
    case .sender:
      switch detail {
      case 1, 3, 4, 6, 7: return EnhancedStatus(kind, 1, 7)
      case 2, 8: return EnhancedStatus(kind, 1, 8)
      default: return EnhancedStatus(kind, 1, 0)
      }
    case .relay, .recipient:
      switch detail {
      case 1...6: return self
      case 7: return EnhancedStatus(kind, 1, 3)
      case 8: return EnhancedStatus(kind, 1, 2)
      default: return EnhancedStatus(kind, 1, 0)
      }
    case .client, .helo, .data, .endOfData, .etrn: return EnhancedStatus(kind, 0, 0)
    }
  }
}
