/// An account whose hash costs what Debian's own do: some 20 ms a check.
enum Yescrypt {
  /// Of `Geheim-1`, as the other test accounts' password.
  static let hash = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$KiXEC7dW0hfLu.D434WSVec9usNBYOQ0mYnUdc1uHDA"
}
