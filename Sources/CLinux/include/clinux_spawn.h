// Starting a program with posix_spawn, whose file actions Swift's Glibc module lacks in part.
#pragma once
#include <sys/sendfile.h>
#include <sys/types.h>

/// Starts `path` in a process group of its own: standard input is /dev/null, `descriptor` becomes
/// number 3, what is above is closed; no signal is blocked, ignored or caught.
/// Returns 0 and fills in `pid`, else an errno.
int clinux_spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                 int descriptor);

/// Starts `path` in a process group of its own: standard input is /dev/null, `output` and `errors` become standard
/// output and standard error, what is above is closed; no signal is blocked, ignored or caught.
/// Returns 0 and fills in `pid`, else an errno.
int clinux_spawn_writer(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                        int output, int errors);

/// A pipe whose ends no other program inherits. Returns 0, else -1 and sets errno.
int clinux_pipe(int ends[2]);

/// A file in memory that no other program inherits. Returns its descriptor, else -1 and sets errno.
int clinux_memory_file(const char *name);
