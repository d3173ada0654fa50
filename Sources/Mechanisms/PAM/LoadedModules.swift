import CPAM
import Credentials

/// Keeps the modules of the stacks that were asked in memory for a while, where libpam would map and unmap them for
/// every login: that takes longer than a cheap stack's whole answer.
///
/// A handle of its own for each service, started and never used, holds them. The C library knows a module that is in
/// memory by its path: one whose file was replaced comes into use when all have been let go.
final class LoadedModules {
  /// More services than this are not held; theirs work as ever.
  private static let most = 64
  private static let longest = Duration.seconds(10)

  private var handles: [ServiceName: OpaquePointer?] = [:]
  private var began = ContinuousClock.now

  /// Holds the modules that the service's stack has now.
  func hold(for service: ServiceName, directory: String) {
    if ContinuousClock.now - began > Self.longest { letGo() }
    guard handles[service] == nil, handles.count < Self.most else { return }
    var handle: OpaquePointer?
    // Nothing will ever be asked through it.
    var callbacks = pam_conv(conv: { _, _, _, _ in PAM_CONV_ERR }, appdata_ptr: nil)
    _ = pam_start_confdir(service.description, nil, &callbacks, directory, &handle)
    handles[service] = .some(handle)
  }

  private func letGo() {
    for handle in handles.values { if let handle { pam_end(handle, PAM_SUCCESS) } }
    handles = [:]
    began = .now
  }

  deinit { letGo() }
}
