/// A postgrey command line that starts a daemon: every option's value, postgrey's defaults put in.
///
/// The defaults are Debian's. Elsewhere postgrey has other paths; whoever relies on those gives `--dbdir` and the
/// whitelists' names.
package struct PostgreyInvocation: Equatable, Sendable {
  /// Where requests come in; of `--inet` and `--unix` the former, when both are given.
  package enum Listener: Equatable, Sendable {
    case unix(path: String)
    /// A host's name, an address without brackets, or `*` for all of them.
    case inet(host: String, port: UInt16)
  }

  /// Whether the daemon leaves the terminal (`--daemonize`): then it logs to syslog.
  package enum Terminal: Equatable, Sendable { case leave, stay }

  /// How much is logged.
  package enum Verbosity: Equatable, Sendable {
    /// Only what is odd.
    case quiet
    /// A line a request.
    case normal
    case verbose
  }

  /// Which clients are the same.
  package enum Lookup: Equatable, Sendable { case host, subnet(v4: Int, v6: Int) }

  package var listener: Listener
  /// Of a unix socket.
  package var socketMode: UInt32 = 0o666
  package var terminal = Terminal.stay
  /// Written only by a daemon that has left the terminal.
  package var pidFile: String?
  package var user = "postgrey"
  package var group = "postgrey"
  package var databaseDirectory = "/var/lib/postgrey"
  package var verbosity = Verbosity.normal
  package var syslogFacility = "mail"
  /// Connections that may wait to be accepted; nil: the system's own choice.
  package var listenQueue: Int?
  /// `--exim`: a connection is closed after one answer.
  package var closesAfterAnswer = false
  /// Seconds.
  package var delay: Int64 = 300
  /// Seconds.
  package var maxAge: Int64 = 35 * 86_400
  /// Seconds.
  package var retryWindow: Int64 = 2 * 86_400
  package var lookup = Lookup.subnet(v4: 24, v6: 64)
  /// 0: clients are never whitelisted by their successes.
  package var autoWhitelistClients: Int64 = 5
  package var greylistAction = "DEFER_IF_PERMIT"
  package var greylistText = "Greylisted, see http://postgrey.schweikert.ch/help/%r.html"
  package var header = "X-Greylist: delayed %t seconds by postgrey-%v at %h; %d"
  /// What `%h` in the header becomes; nil: the host's own name.
  package var hostname: String?
  /// Keys are hashed.
  package var privacy = false
  package var clientWhitelists = WhitelistFiles.default("whitelist_clients")
  package var recipientWhitelists = WhitelistFiles.default("whitelist_recipients")

  package init(listener: Listener) { self.listener = listener }

  /// Files of rules, in the order in which they are read.
  package struct WhitelistFiles: Equatable, Sendable {
    package var paths: [String]
    /// Whether one that isn't there is worth a warning; a name that ends in `.local` never is.
    package var mustExist: Bool

    /// Debian's places and postgrey's own, each with its `.local`.
    static func `default`(_ name: String) -> WhitelistFiles {
      let places = ["/etc/postgrey/\(name)", "/etc/postfix/postgrey_\(name)"]
      return WhitelistFiles(paths: places.flatMap { [$0, "\($0).local"] }, mustExist: false)
    }
  }
}

/// What a postgrey command line asks for.
package enum PostgreyCommand: Equatable, Sendable {
  case run(PostgreyInvocation)
  case answer(PostgreyAnswer)

  /// Reads the options as postgrey 1.37 does.
  ///
  /// - Parameter arguments: without the program's name.
  package init(_ arguments: [String]) {
    do throws(PostgreyAnswer) {
      self = .run(try PostgreyOptions.read(arguments).invocation())
    } catch {
      self = .answer(error)
    }
  }
}
