import Credentials
import FoundationEssentials
import Preflight
import Settings

/// What `postern check` found.
struct CheckReport {
  fileprivate let file: String
  /// Nil when the file can't be decoded.
  fileprivate let settings: Settings?
  fileprivate let errors: [String]
  fileprivate let findings: [Finding]

  /// Reads `file` as the daemon would, and looks at `host`.
  init(file: String, host: Host = Host()) {
    self.file = file
    do {
      let settings = try Settings.load(.file(file))
      self.settings = settings
      errors = []
      findings = HostCheck.findings(for: settings, from: .file(file), on: host)
    } catch {
      settings = nil
      errors = error.errors.map(\.description)
      findings = []
    }
  }

  /// Whether the daemon would not start.
  var isRefused: Bool { settings == nil || findings.contains(where: \.isError) }

  /// What each listener would do, a line each.
  var served: [String] { servedLogins + servedPolicies }

  private var servedPolicies: [String] {
    guard let settings else { return [] }
    let consulted = ConsultedZones(settings)
    return settings.policy.flatMap { listener in
      let zones = consulted.zones(of: listener)
      let asks = zones.isEmpty ? "" : "; asks \(zones.joined(separator: ", "))"
      let places = listener.addresses.map(\.endpoint)
      return (places.isEmpty ? ["policy_context=\(listener.name)"] : places).map { place in
        """
        \(place): policy \(listener.name), asked at \(listener.stage.rawValue): \
        \(listener.restrictions.text)\(asks)
        """
      }
    }
  }

  private var servedLogins: [String] {
    guard let auth = settings?.auth else { return [] }
    let services = auth.services.map(\.description).joined(separator: ", ")
    let mechanisms = auth.mechanisms.map(\.rawValue).joined(separator: ", then ")
    let group = auth.group.isEmpty ? "" : ", group \(auth.group)"
    return auth.listen.map { path in
      """
      \(path): logins of \(services), by \(mechanisms); mode 0\(String(auth.mode, radix: 8))\(group); \
      \(auth.workers) workers, answers within \(auth.deadline.components.seconds) s
      """
    }
  }

  /// All that is wrong, a line each.
  var faults: [String] { errors + findings.map(\.description) }

  /// The same for programs.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(Body(self)), as: UTF8.self)
    }
  }
}

/// The report's members under the names that programs rely on.
private struct Body: Encodable {
  struct Listener: Encodable {
    let path: String
    let services: [String]
    let mechanisms: [String]
  }

  struct Found: Encodable {
    let severity: String
    let message: String
    let mend: String
  }

  struct Policy: Encodable {
    let name: String
    let listen: [String]
    let stage: String
    let restrictions: [String]
  }

  let file: String
  let starts: Bool
  /// Of the logins.
  let listeners: [Listener]
  let policies: [Policy]
  let errors: [String]
  let findings: [Found]

  init(_ report: CheckReport) {
    file = report.file
    starts = !report.isRefused
    let auth = report.settings?.auth
    let services = auth?.services.map(\.description) ?? []
    let mechanisms = auth?.mechanisms.map(\.rawValue) ?? []
    listeners = (auth?.listen ?? []).map { Listener(path: $0, services: services, mechanisms: mechanisms) }
    policies = (report.settings?.policy ?? []).map { listener in
      Policy(
        name: listener.name, listen: listener.addresses.map(\.endpoint), stage: listener.stage.rawValue,
        restrictions: listener.restrictions.texts)
    }
    errors = report.errors
    findings = report.findings.map {
      Found(severity: $0.severity.rawValue, message: $0.message, mend: $0.mend)
    }
  }
}
