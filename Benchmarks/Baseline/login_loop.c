// What answering a login costs at the least: accept, read, write, close, one after the other, with OK for everybody.
//
//     login_loop SOCKET
//
// No protocol, no cache, no deadline, and a client that says nothing holds up all the others: the fastest plain loop,
// not a useful one. It takes whoever waits before it sleeps, which costs less than to sleep in accept. It ends with
// SIGTERM.
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { backlog = 1024, longest_request = 10000 };

static int listening(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(address.sun_path, path);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0) return -1;
  return listen(listener, backlog) == 0 ? listener : -1;
}

int main(int count, char **arguments) {
  static const char ok[] = {0, 2, 'O', 'K'};
  static char request[longest_request];
  if (count != 2) {
    fputs("usage: login_loop SOCKET\n", stderr);
    return 64;
  }
  int listener = listening(arguments[1]);
  if (listener < 0) {
    perror(arguments[1]);
    return 1;
  }
  struct pollfd waiting = {.fd = listener, .events = POLLIN};
  for (;;) {
    int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (client < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (errno == EAGAIN) {
        poll(&waiting, 1, -1);
        continue;
      }
      perror("accept");
      return 1;
    }
    if (read(client, request, sizeof request) > 0) send(client, ok, sizeof ok, MSG_NOSIGNAL);
    close(client);
  }
}
