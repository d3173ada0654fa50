package import ArgumentParser
import Glibc
import Policy
import Settings
import Storage
import SystemCalls

/// `postern import postgrey`: takes postgrey's database into the store.
package struct ImportPostgrey: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "postgrey",
    abstract: "Take over postgrey's database, so that nobody is greylisted anew.",
    discussion: """
      Reads the directory and changes nothing in it; postgrey and the daemon may run or not. What both know stays as \
      it was seen last. What postgrey would forget the next night is left behind. Keys are taken as they are: hashed \
      ones (--privacy) serve a greylist that hashes them, too. A store that isn't there is made, for the user that \
      owns its directory, or when that is root, for [run] front. Needs db_dump (db-util, libdb-utils), and room for a \
      copy of postgrey's database: beside the store, root's in /var/tmp.

      Exit code 75 when the store can't take it, such as a full disk: the same again goes on from there. 1 when \
      postgrey's database can't be read, 78 for a configuration with faults.
      """)

  @Argument(help: ArgumentHelp("postgrey's --dbdir.", valueName: "dir"))
  var directory = "/var/lib/postgrey"

  @Option(help: ArgumentHelp("The store, instead of the configuration's.", valueName: "path"))
  var store: String?

  @Option(name: .short, help: "The configuration that the daemon is started with.")
  var configuration = SettingsSource.defaultFile

  @Flag(help: "Print one JSON object.")
  var json = false

  package init() {}

  package func run() throws {
    let settings = try ConfigurationRefusal.orSettings(of: configuration)
    let path = store ?? settings.store.path
    do throws(NewStore.Fault) {
      try NewStore(path: path, user: settings.run.front).make()
    } catch {
      switch error {
      case .noUser(let user):
        Complaint.write("[run] front: there is no user \(user)")
        throw ArgumentParser.ExitCode(ExitStatus.configuration)
      case .system(let error):
        Complaint.write("\(path): \(error.reason)")
        throw ArgumentParser.ExitCode(ExitStatus.tryAgain)
      }
    }
    print(try text(of: take(into: path, settings)))
  }

  private func take(into path: String, _ settings: Settings) throws -> PostgreyImportReport {
    var rules = GreylistRules()
    rules.delay = settings.greylist.delay
    rules.retryWindow = settings.greylist.retryWindow
    rules.maxAge = settings.greylist.maxAge
    let expiry = GreylistExpiry(now: Int64(time(nil)), rules: rules)
    // Whether somebody else writes can't be told from the file: the pace is that of good company.
    let importing = PostgreyImport(expiry: expiry, pace: .besideService)
    let target = SQLiteTripletStore(path: path, delay: expiry.passingDelay)
    defer { target.close() }
    do throws(PostgreyImportError) {
      return try importing.run(
        from: directory, into: target, scratch: Self.scratch(for: path, user: geteuid()))
    } catch {
      Complaint.write("\(error)")
      if case .store = error { throw ArgumentParser.ExitCode(ExitStatus.tryAgain) }
      throw ArgumentParser.ExitCode(1)
    }
  }

  /// Where the copy of postgrey's database can be.
  ///
  /// The store's directory is the service's user's, who could put something else in the place of what root works on.
  static func scratch(for store: String, user: uid_t) -> String {
    user == 0 ? "/var/tmp" : NewStore.directory(of: store)
  }

  private func text(of report: PostgreyImportReport) throws -> String {
    let text = ImportText(report: report)
    if let trouble = text.trouble, !json { Complaint.write(trouble) }
    return json ? try text.json : text.screen
  }
}
