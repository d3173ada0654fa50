#define _GNU_SOURCE
#include "clinux_process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Noreturn void wait_and_exit(int outcome) {
  unsigned char status = 1;
  ssize_t count;
  do count = read(outcome, &status, 1);
  while (count < 0 && errno == EINTR);
  _exit(count == 1 ? status : 1);
}

int clinux_detach(int *report) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  pid_t child = fork();
  if (child < 0) {
    close(ends[0]);
    close(ends[1]);
    return -1;
  }
  if (child > 0) {
    close(ends[1]);
    wait_and_exit(ends[0]);
  }
  close(ends[0]);
  *report = ends[1];
  if (setsid() < 0 || chdir("/") != 0) return -1;
  return 0;
}

int clinux_silence(void) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) return -1;
  int silenced = dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 ? -1 : 0;
  if (null > 2) close(null);
  return silenced;
}

static _Noreturn void become_and_execute(uid_t uid, gid_t gid, const char *path, char *const arguments[],
                                         int errors) {
  static char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "SWIFT_BACKTRACE=enable=no", NULL};
  sigset_t none;
  sigemptyset(&none);
  if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0))
    _exit(127);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) _exit(127);
  if (dup2(errors, 2) < 0) _exit(127);
  if (close_range(3, ~0U, 0) != 0) _exit(127);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(path, arguments, environment);
  _exit(127);
}

pid_t clinux_spawn_as(uid_t uid, gid_t gid, const char *path, char *const arguments[], int errors) {
  pid_t child = fork();
  if (child == 0) become_and_execute(uid, gid, path, arguments, errors);
  return child;
}

// glibc 2.36 has a function for it; Debian 12 has that, older systems don't.
int clinux_open_process(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int clinux_flock(int file) { return flock(file, LOCK_EX | LOCK_NB); }
