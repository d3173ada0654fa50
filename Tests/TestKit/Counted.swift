/// Bytes of counted strings, as a client would put them on the wire.
package enum Counted {
  /// A field: two bytes of length, then the text.
  package static func field(_ text: String) -> [UInt8] { field(Array(text.utf8)) }

  package static func field(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
  }

  /// Only a length, its bytes missing.
  package static func length(_ count: Int) -> [UInt8] { [UInt8(count >> 8), UInt8(count & 0xFF)] }

  /// A login request of four fields, or five with `remote`.
  package static func request(
    login: String = "alice", password: String = "secret", service: String = "smtp", realm: String = "",
    remote: String? = nil
  ) -> [UInt8] {
    field(login) + field(password) + field(service) + field(realm) + (remote.map(field) ?? [])
  }
}
