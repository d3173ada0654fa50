import Glibc

/// Sleeps.
func pause(seconds: Int) {
  var rest = UInt32(seconds)
  while rest > 0 { rest = sleep(rest) }
}
