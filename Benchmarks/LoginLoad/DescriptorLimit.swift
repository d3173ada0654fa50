import ArgumentParser
import Glibc

/// Lets this process have `count` descriptors and those that it has anyway.
func allowDescriptors(_ count: Int) throws {
  let spare = 64
  let wanted = rlim_t(count + spare)
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else {
    return
  }
  limit.rlim_cur = wanted
  limit.rlim_max = max(limit.rlim_max, wanted)
  guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
    throw ValidationError("\(wanted) descriptors are more than this process may have (ulimit -Hn).")
  }
}
