/// Why there can be no resolver, in the library's words.
package struct ResolverError: Error, Equatable, CustomStringConvertible {
  package let description: String
}
