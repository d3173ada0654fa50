import Glibc
import Policy
import Settings
import SystemCalls

extension OwnServices {
  /// Listeners by all the names that reach them from main.cf, and what each may answer a stranger.
  ///
  /// - Parameters:
  ///   - settings: whose listeners they are.
  ///   - queueDirectory: Postfix's.
  ///   - roots: what smtpd servers see as their root.
  ///   - defaults: main.cf's attributes of calls, by their names in a call.
  ///   - answer: what a listener may say; nil when it has no list.
  init(
    listenersOf settings: Settings, queueDirectory: String, roots: Set<ServerRoot>,
    defaults: [String: String], answer: (PolicyListenerSettings) -> StrangerAnswer?
  ) {
    let names = SocketNames(queueDirectory: queueDirectory, roots: roots)
    var answers: [PolicyEndpoint: StrangerAnswer] = [:]
    var contexts: [String: StrangerAnswer] = [:]
    for listener in settings.policy {
      guard let answer = answer(listener) else { continue }
      contexts[listener.name] = answer
      for address in listener.addresses {
        switch address {
        case .unix(let path): for place in names.places(of: path) { answers[place] = answer }
        case .inet(let host, let port):
          for name in Self.names(of: host) { answers[PolicyEndpoint(host: name, port: port)] = answer }
        }
      }
    }
    self.init(answers: answers, contexts: contexts, defaults: defaults)
  }

  /// By what hosts a listener is reached from this one.
  private static func names(of host: String) -> [String] {
    switch host {
    case "*": ["localhost", "127.0.0.1", "::1"] + InterfaceAddresses.all
    case "0.0.0.0": ["localhost"] + InterfaceAddresses.all.filter { !$0.contains(":") }
    case "::": ["localhost"] + InterfaceAddresses.all.filter { $0.contains(":") }
    case "localhost": ["localhost", "127.0.0.1", "::1"]
    case "127.0.0.1", "::1": [host, "localhost"]
    default: [host]
    }
  }
}

/// How smtpd servers name unix sockets of ours.
private struct SocketNames {
  /// With a slash at its end.
  private let queue: String
  private let roots: Set<ServerRoot>

  init(queueDirectory: String, roots: Set<ServerRoot>) {
    queue = Self.clean(queueDirectory) + "/"
    self.roots = roots
  }

  /// All the names of the socket at an absolute path that no server takes for anything else.
  func places(of path: String) -> [PolicyEndpoint] {
    let path = Self.clean(path)
    let relative = path.hasPrefix(queue) ? [String(path.dropFirst(queue.count))] : []
    // One server may see another socket where the next one sees ours.
    let absolute = ([path] + relative.map { "/\($0)" }).filter { name in
      let seen = roots.map { $0 == .host ? name : Self.clean(queue + name) }
      return seen.contains(path) && seen.allSatisfy { $0 == path || access($0, F_OK) != 0 }
    }
    return (relative + absolute).map { PolicyEndpoint(path: $0) }
  }

  private static func clean(_ path: String) -> String {
    "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
