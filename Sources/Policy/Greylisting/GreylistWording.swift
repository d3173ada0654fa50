/// What greylisting says: postgrey's texts, with its defaults.
package struct GreylistWording: Equatable, Sendable {
  package var action = GreylistAction.default
  /// `%s` becomes the seconds still missing, `%r` the recipient's domain, each once.
  package var text = Array("Greylisted, see http://postgrey.schweikert.ch/help/%r.html".utf8)
  /// `%t` becomes the seconds waited, `%v` the version, `%d` the date, `%h` the host, each once.
  package var header = Array("X-Greylist: delayed %t seconds by postgrey-%v at %h; %d".utf8)
  package var version = "1.37"
  package var hostname = "localhost"

  package init() {}
}
