import Testing

extension EndToEnd {
  /// F11: how long a refusal takes says nothing about the login.
  @Suite struct EnumerationTests {
    /// What an attacker would like to tell apart.
    enum Kind: String, CaseIterable, Sendable {
      case existing, missing, locked, expired

      /// The line of shadow(5) after the name, as usermod -L and chage -E leave it.
      var shadow: String? {
        switch self {
        case .existing: "\(Yescrypt.hash):20000::::::"
        case .missing: nil
        case .locked: "!\(Yescrypt.hash):20000::::::"
        case .expired: "\(Yescrypt.hash):20000:::::15000:"
        }
      }
    }

    private static let logins = Faults.areLong ? 300 : 12
    /// Of each kind: what two processors have hashed well before the first step of the grid.
    private static let inFlight = 6
    private static let step = Duration.seconds(1)

    @Test(arguments: ["pam", "shadow"])
    func `a refusal tells nothing by its time or its bytes`(_ mechanism: String) async throws {
      let options = Gateway.Options(mechanism: mechanism, workers: 2)
      try await Gateway.with(.posternd, options: options) { etc in
        for (number, kind) in Kind.allCases.enumerated() {
          guard let shadow = kind.shadow else { continue }
          try etc.add(kind.rawValue, uid: WireAccount.uid + number, shadow: shadow)
        }
        // With pam_unix's delay, which is ours to keep.
        try etc.setStack("auth required pam_unix.so\naccount required pam_unix.so\n", for: "smtp")
      } _: { gateway in
        let sanity = try await gateway.login(Kind.existing.rawValue)
        #expect(sanity == .ok, gateway.logs)
        var times: [Kind: [Duration]] = [:]
        var texts: Set<[UInt8]> = []
        for round in 0..<Self.logins / Self.inFlight {
          // Each kind is first as often as the others.
          let kinds = (0..<Self.inFlight * 4).map { Kind.allCases[($0 + round) % 4] }
          let burst = try LoginBurst(
            kinds.map { Frame.login($0.rawValue, "wrong").bytes }, at: gateway.socket)
          for (kind, ending) in zip(kinds, try await burst.settled(within: .seconds(12))) {
            times[kind, default: []].append(ending.took)
            texts.insert(ending.bytes)
          }
        }
        #expect(texts == [Frame.counted("NO")], gateway.logs)
        expectNoDifference(times, mechanism)
      }
    }

    private func expectNoDifference(_ times: [Kind: [Duration]], _ mechanism: String) {
      var medians: [Kind: Duration] = [:]
      for (kind, times) in times {
        #expect(times.count == Self.logins, "\(kind)")
        #expect(times.allSatisfy { $0 >= Self.step }, "\(kind): \(times)")
        medians[kind] = times.sorted()[times.count / 2]
      }
      #expect(medians.count == Kind.allCases.count)
      // A few logins have no median worth the name.
      guard Faults.areLong else { return }
      print("F11, \(mechanism): \(medians)")
      let gap = (medians.values.max() ?? .zero) - (medians.values.min() ?? .zero)
      #expect(gap < .milliseconds(2), "\(medians)")
    }
  }
}
