/// How the methods of crypt(5) write down what a hash costs.
enum HashCost {
  /// A method without a choice, or with one that is bounded by its form.
  static func fixed(_: Substring) -> Int? { 0 }

  /// `12$…`: the decimal number up to the next `$`.
  static func number(_ rest: Substring) -> Int? {
    rest.split(separator: "$", maxSplits: 1, omittingEmptySubsequences: false).first.flatMap { Int($0) }
  }

  /// `rounds=12$…`, or the default of sha256crypt and sha512crypt.
  static func rounds(_ rest: Substring) -> Int? {
    let label = "rounds="
    return rest.hasPrefix(label) ? number(rest.dropFirst(label.count)) : 5000
  }

  /// `j9T$…`: flavour, the logarithm of the block count less one, the block size less one; no more than
  /// that is ever made.
  ///
  /// - Returns: the memory, in units of 128 bytes.
  static func yescrypt(_ rest: Substring) -> Int? {
    let parameters = rest.prefix { $0 != "$" }.utf8.map(digit)
    // A digit from 48 on is the first of several.
    guard parameters.count == 3, let logarithm = parameters[1], let size = parameters[2],
      logarithm < 48, size < 48
    else { return nil }
    return memory(logarithm: logarithm + 1, blocks: size + 1)
  }

  /// `CU..../....`: the logarithm of the block count, then block size and parallelism in five digits each,
  /// the lowest first.
  ///
  /// - Returns: the memory of all lanes, in units of 128 bytes.
  static func scrypt(_ rest: Substring) -> Int? {
    let digits = rest.utf8.prefix(11).map(digit)
    guard digits.count == 11, let logarithm = digits[0], let size = number(digits[1...5]),
      let lanes = number(digits[6...10])
    else { return nil }
    return memory(logarithm: logarithm, blocks: size * lanes)
  }

  /// The value of a digit of crypt's base 64, `./0…9A…Za…z`.
  static func digit(_ character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: ".")...UInt8(ascii: "9"): Int(character) - 0x2E
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character) - 0x41 + 12
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character) - 0x61 + 38
    default: nil
    }
  }

  private static func number(_ digits: ArraySlice<Int?>) -> Int? {
    var value = 0
    for digit in digits.reversed() {
      guard let digit else { return nil }
      value = value << 6 | digit
    }
    return value
  }

  /// Saturates: sixty bits of digits times a power of two is too much anyway.
  private static func memory(logarithm: Int, blocks: Int) -> Int {
    let (product, overflow) = blocks.multipliedReportingOverflow(by: 1 << min(logarithm, 62))
    return overflow ? .max : product
  }
}
