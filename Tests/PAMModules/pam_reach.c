// Says yes when it reaches what its argument names, which takes a right of the worker's.
//   exec         runs a program
//   socket       runs a shell that finds the worker's socket open
//   inet inet6   opens a socket of that family
#include <security/pam_modules.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int ran(const char *script) {
  int status;
  pid_t child = fork();
  if (child < 0) return 0;
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", script, (char *)NULL);
    _exit(1);
  }
  return waitpid(child, &status, 0) == child && status == 0;
}

static int opened(int family) {
  int number = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  return number >= 0 && close(number) == 0;
}

int pam_sm_authenticate(pam_handle_t *handle, int flags, int count, const char **arguments) {
  const char *what = count > 0 ? arguments[0] : "";
  int reached = 0;
  if (strcmp(what, "exec") == 0) reached = ran("true");
  if (strcmp(what, "socket") == 0) reached = ran("true <&3");
  if (strcmp(what, "inet") == 0) reached = opened(AF_INET);
  if (strcmp(what, "inet6") == 0) reached = opened(AF_INET6);
  return reached ? PAM_SUCCESS : PAM_AUTH_ERR;
}

int pam_sm_setcred(pam_handle_t *handle, int flags, int count, const char **arguments) { return PAM_SUCCESS; }
