/// How libFuzzer's C interface meets a property.
package enum FuzzerInput {
  /// Ends the process when `property` doesn't hold: libFuzzer keeps the bytes in a file and tells which.
  ///
  /// - Parameters:
  ///   - start: the bytes; may be nil when there are none.
  ///   - count: how many.
  ///   - property: what has to hold for them.
  /// - Returns: what libFuzzer expects of its target.
  package static func judge(_ start: UnsafePointer<UInt8>?, _ count: Int, by property: DecoderProperty)
    -> Int32
  {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let violation = property.violation(bytes) else { return 0 }
    fatalError("\(property.name): \(violation)")
  }
}
