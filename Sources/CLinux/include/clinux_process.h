// Forks, which Swift doesn't offer. Only for a process with one thread.
#pragma once
#include <sys/types.h>

/// Detaches from the terminal: returns in a new session's child, in which `report` is the pipe to the
/// process that the user started. That one waits here for one byte, exits with it, and never returns;
/// with 1 when the child ends without a byte. Returns -1 and errno when there can be no child.
int clinux_detach(int *report);

/// Points standard input, output and error at /dev/null; -1 and errno on failure.
int clinux_silence(void);

/// Starts `path` as `uid` and `gid` without supplementary groups; `errors` becomes its standard error, descriptors
/// above 2 are closed.
/// Returns the pid, or -1 and errno. A child that can't become that user, or execute, exits with 127.
pid_t clinux_spawn_as(uid_t uid, gid_t gid, const char *path, char *const arguments[], int errors);

/// A descriptor that becomes readable when the process has ended; -1 and errno, ESRCH when there is none.
int clinux_open_process(pid_t pid);

/// flock(2), exclusive and without waiting; Swift sees only the structure of that name. -1 and errno on failure.
int clinux_flock(int file);
