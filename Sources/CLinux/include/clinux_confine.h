// What a process gives up for good: descriptors, ids, capabilities, system calls.
// Every function returns -1 and errno on failure.
#pragma once
#include <stdint.h>
#include <sys/types.h>

/// Closes the descriptors from `first` to `last`, both included.
int clinux_close_range(unsigned first, unsigned last);

/// No core file, and nobody of the same user may attach or read /proc/PID/mem. The flag that
/// keeps others off falls back when ids change: call it again then.
int clinux_forbid_dumps(void);
/// 1 when dumps are forbidden, else 0.
int clinux_dumps_forbidden(void);

/// All three user ids and group ids, and exactly these supplementary groups.
int clinux_become(uid_t user, gid_t group, const gid_t *groups, size_t count);
/// 1 when ids and groups are exactly these and root can't be had back, else 0.
int clinux_is_only(uid_t user, gid_t group, const gid_t *groups, size_t count);

enum {
  CLINUX_CAP_KILL = 5,
  CLINUX_CAP_SETGID = 6,
  CLINUX_CAP_SETUID = 7,
};

/// Effective and permitted become `kept` (bit per capability) as far as the process has them;
/// inheritable and ambient become empty; the bounding set becomes `reachable` where CAP_SETPCAP allows.
int clinux_keep_capabilities(uint64_t kept, uint64_t reachable);
/// 1 when effective and permitted hold no more than `kept`, the bounding set no more than `reachable`, and
/// inheritable and ambient are empty, else 0. The bounding set counts only while the process could gain by
/// it: not with no_new_privs.
int clinux_capabilities_within(uint64_t kept, uint64_t reachable);

/// Programs that this process starts can't have more rights than it has.
int clinux_forbid_new_privileges(void);
/// 1 when new privileges are forbidden, else 0.
int clinux_new_privileges_forbidden(void);

/// 1 when a filter can be installed without no_new_privs, else 0.
int clinux_may_filter_freely(void);

enum {
  /// execve and execveat: EPERM.
  CLINUX_NO_EXEC = 1,
  /// fork and vfork: EPERM; threads stay possible.
  CLINUX_NO_FORK = 2,
  /// Unix sockets only: others EAFNOSUPPORT.
  CLINUX_NO_NETWORK = 4,
};

/// Installs the system call filter: no tracing, mounting, namespaces, modules, clocks or kernel keys
/// (EPERM). `more` adds to it.
int clinux_filter_calls(unsigned more);
/// 1 when a filter is in force and, if `more` says so, an inet socket can't be had, else 0.
int clinux_calls_filtered(unsigned more);
