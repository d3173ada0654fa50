#define _GNU_SOURCE
#include "clinux_spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <unistd.h>

static int give(posix_spawn_file_actions_t *actions, int descriptor) {
  int failed = posix_spawn_file_actions_adddup2(actions, descriptor, 3);
  return failed ? failed : posix_spawn_file_actions_addclosefrom_np(actions, 4);
}

static int give_output(posix_spawn_file_actions_t *actions, int output, int errors) {
  int failed = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (!failed) failed = posix_spawn_file_actions_adddup2(actions, errors, 2);
  return failed ? failed : posix_spawn_file_actions_addclosefrom_np(actions, 3);
}

static int describe(posix_spawnattr_t *attributes) {
  sigset_t signals;
  sigemptyset(&signals);
  int failed = posix_spawnattr_setsigmask(attributes, &signals);
  sigfillset(&signals);
  if (!failed) failed = posix_spawnattr_setsigdefault(attributes, &signals);
  if (!failed) failed = posix_spawnattr_setpgroup(attributes, 0);
  if (failed) return failed;
  return posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

static int start(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                 const posix_spawn_file_actions_t *actions) {
  posix_spawnattr_t attributes;
  int failed = posix_spawnattr_init(&attributes);
  if (failed) return failed;
  failed = describe(&attributes);
  if (!failed) failed = posix_spawn(pid, path, actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  return failed;
}

int clinux_spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                 int descriptor) {
  posix_spawn_file_actions_t actions;
  int failed = posix_spawn_file_actions_init(&actions);
  if (failed) return failed;
  failed = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!failed) failed = give(&actions, descriptor);
  if (!failed) failed = start(pid, path, arguments, environment, &actions);
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

int clinux_spawn_writer(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                        int output, int errors) {
  posix_spawn_file_actions_t actions;
  int failed = posix_spawn_file_actions_init(&actions);
  if (failed) return failed;
  failed = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!failed) failed = give_output(&actions, output, errors);
  if (!failed) failed = start(pid, path, arguments, environment, &actions);
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

int clinux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int clinux_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }
