import DecoderProperties

/// Called by libFuzzer with one input after the other.
@_cdecl("LLVMFuzzerTestOneInput")
package func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  FuzzerInput.judge(start, count, by: .weightedList)
}
