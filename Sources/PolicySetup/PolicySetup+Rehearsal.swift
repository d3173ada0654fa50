package import Policy
package import Settings
import SystemCalls

extension PolicySetup {
  /// What a rehearsal begins with: the listeners' lists, each at the step at which Postfix asks it.
  package func rehearsed(_ settings: Settings) -> RehearsedPolicy {
    var lists: [RehearsalStage: [RestrictionList]] = [:]
    for listener in settings.policy {
      guard let list = list(of: listener), let stage = RehearsalStage(rawValue: listener.stage.rawValue)
      else {
        continue
      }
      lists[stage, default: []].append(list)
    }
    return RehearsedPolicy(policy: policy, tables: tables, lists: lists)
  }
}

extension RehearsalSources {
  /// A list of `[mail]` that is included is no larger than this, bytes.
  private static let largestFile = 16 << 20

  /// The files of this host.
  package static var host: RehearsalSources {
    RehearsalSources(
      file: { path in
        do { return try FileContents(of: path, limit: largestFile).bytes } catch { return nil }
      },
      table: { name in
        do throws(TableReader.Trouble) {
          return .table(try TableReader.read(name))
        } catch {
          return .trouble("\(error)")
        }
      })
  }
}
