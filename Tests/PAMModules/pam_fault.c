// Does what a module must not do, as its argument says.
//   sleep crash exit thread-exit loop   never comes back
//   fork                                leaves a child behind, which holds every descriptor
//   close                               closes the worker's socket
//   forge                               sends an answer of its own over the worker's socket
//   leak                                1 MiB that nobody frees
//   hog                                 as much memory as there is, 1 GiB at most, and then waits
//   foreign                             calls the kernel by the numbers of another architecture
//   exec inet trace                     what the sandbox denies: succeeds only when it is denied
#include <errno.h>
#include <pthread.h>
#include <security/pam_modules.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { front = 3 };

static int left_behind(void) {
  pid_t child = fork();
  if (child < 0) return PAM_SYSTEM_ERR;
  if (child == 0) {
    alarm(10);
    pause();
    _exit(0);
  }
  return PAM_SUCCESS;
}

static int executed(void) {
  char *const arguments[] = {"true", NULL};
  execv("/bin/true", arguments);
  return errno == EPERM ? PAM_SUCCESS : PAM_SYSTEM_ERR;
}

static int had_network(void) {
  int families[] = {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET};
  for (int index = 0; index < 4; index++)
    if (socket(families[index], SOCK_DGRAM, 0) >= 0 || errno != EAFNOSUPPORT) return PAM_SYSTEM_ERR;
  return PAM_SUCCESS;
}

static int leaked(void) {
  enum { size = 1 << 20, page = 4096 };
  volatile char *lost = malloc(size);
  if (!lost) return PAM_BUF_ERR;
  for (int offset = 0; offset < size; offset += page) lost[offset] = 1;
  return PAM_SUCCESS;
}

// Ends in the kernel's killing somebody, or in an error; what was had is given back then.
static int hogged(void) {
  enum { size = 1 << 20, most = 1024 };
  static volatile char *had[most];
  int count = 0, result = PAM_SUCCESS;
  while (count < most && result == PAM_SUCCESS) {
    if (!(had[count] = malloc(size))) result = PAM_BUF_ERR;
    else for (int offset = 0; offset < size; offset += 4096) had[count][offset] = 1;
    count += result == PAM_SUCCESS;
  }
  if (result == PAM_SUCCESS) pause();
  while (count > 0) free((void *)had[--count]);
  return result;
}

// 32-bit x86's number 20 is getpid; to a filter that forgot the architecture it would be 64-bit's writev.
static int called_foreign(void) {
#ifdef __x86_64__
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory", "r8", "r9", "r10", "r11");
  return result > 0 ? PAM_SUCCESS : PAM_SYSTEM_ERR;
#else
  raise(SIGSYS);
  return PAM_SYSTEM_ERR;
#endif
}

int pam_sm_authenticate(pam_handle_t *handle, int flags, int count, const char **arguments) {
  const char *fault = count > 0 ? arguments[0] : "";
  if (strcmp(fault, "sleep") == 0) for (;;) pause();
  if (strcmp(fault, "loop") == 0) for (volatile int forever = 1; forever;) continue;
  if (strcmp(fault, "crash") == 0) *(volatile int *)8 = 1;
  if (strcmp(fault, "exit") == 0) exit(0);
  if (strcmp(fault, "thread-exit") == 0) pthread_exit(NULL);
  if (strcmp(fault, "fork") == 0) return left_behind();
  if (strcmp(fault, "close") == 0) return close(front) == 0 ? PAM_SUCCESS : PAM_SYSTEM_ERR;
  if (strcmp(fault, "forge") == 0) return send(front, "OK", 2, MSG_NOSIGNAL) == 2 ? PAM_SUCCESS : PAM_SYSTEM_ERR;
  if (strcmp(fault, "leak") == 0) return leaked();
  if (strcmp(fault, "hog") == 0) return hogged();
  if (strcmp(fault, "foreign") == 0) return called_foreign();
  if (strcmp(fault, "exec") == 0) return executed();
  if (strcmp(fault, "inet") == 0) return had_network();
  if (strcmp(fault, "trace") == 0) return ptrace(PTRACE_TRACEME, 0, 0, 0) < 0 ? PAM_SUCCESS : PAM_SYSTEM_ERR;
  return PAM_SERVICE_ERR;
}

int pam_sm_setcred(pam_handle_t *handle, int flags, int count, const char **arguments) { return PAM_SUCCESS; }
