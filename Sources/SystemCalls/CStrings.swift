import Glibc

/// Calls `body` with copies of `strings` as execve takes them: an array that ends with a null pointer.
package func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let copies = strings.map { string in
    guard let copy = strdup(string) else { preconditionFailure("out of memory") }
    return copy
  }
  defer { for copy in copies { free(copy) } }
  return (copies + [nil]).withUnsafeBufferPointer { vector in
    guard let base = vector.baseAddress else { preconditionFailure("it holds the null pointer at least") }
    return body(base)
  }
}
