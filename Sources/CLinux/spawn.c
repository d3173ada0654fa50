#define _GNU_SOURCE
#include "clinux_spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

static int describe(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int descriptor) {
  int failed = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
  if (!failed) failed = posix_spawn_file_actions_adddup2(actions, descriptor, 3);
  if (!failed) failed = posix_spawn_file_actions_addclosefrom_np(actions, 4);
  if (failed) return failed;
  sigset_t signals;
  sigemptyset(&signals);
  failed = posix_spawnattr_setsigmask(attributes, &signals);
  sigfillset(&signals);
  if (!failed) failed = posix_spawnattr_setsigdefault(attributes, &signals);
  if (!failed) failed = posix_spawnattr_setpgroup(attributes, 0);
  if (failed) return failed;
  return posix_spawnattr_setflags(
      attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

int clinux_spawn(pid_t *pid, const char *path, char *const arguments[], char *const environment[],
                 int descriptor) {
  posix_spawn_file_actions_t actions;
  int failed = posix_spawn_file_actions_init(&actions);
  if (failed) return failed;
  posix_spawnattr_t attributes;
  failed = posix_spawnattr_init(&attributes);
  if (!failed) {
    failed = describe(&actions, &attributes, descriptor);
    if (!failed) failed = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}
