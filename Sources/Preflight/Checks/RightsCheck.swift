import Credentials
import Settings

/// What the workers of a service may do beyond checking passwords: nobody should find out by accident.
struct RightsCheck {
  let settings: Settings

  var findings: [Finding] {
    settings.auth.services.flatMap { service in
      let given = settings.auth.serviceSettings[service]?.rights ?? []
      return Self.openings.filter { given.contains($0.right) }.map { opening in
        Finding.warning(
          "[auth.service.\(service)] \(opening.key): who breaks into a worker for \(service) can \(opening.what)",
          mend: "remove the line, unless a module of its PAM file needs that")
      }
    }
  }

  private static let openings: [(right: WorkerRights, key: String, what: String)] = [
    (.exec, "allow_exec", "start any program"),
    (.network, "allow_network", "reach any host, with the hashes of /etc/shadow in hand"),
    (
      .newPrivileges, "allow_new_privileges",
      "start set-user-id programs, and whatever allow_exec and allow_network open"
    ),
  ]
}
