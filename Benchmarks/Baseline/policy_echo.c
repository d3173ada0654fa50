// What answering a policy request costs at the least: wait, read, write, with DUNNO for everybody.
//
//     policy_echo SOCKET
//
// It looks for the empty line at the end of what has come and for nothing else: no attribute, no decision, no limit,
// no deadline. It ends with SIGTERM.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { backlog = 1024, longest_request = 65536, most_events = 256 };

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

static int watch(int waiter, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
  return epoll_ctl(waiter, EPOLL_CTL_ADD, descriptor, &event);
}

static void accept_all(int waiter, int listener) {
  for (;;) {
    int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    if (watch(waiter, client) != 0) close(client);
  }
}

// Requests come whole: they are far smaller than a socket's buffer.
static void answer(int client) {
  static const char dunno[] = "action=DUNNO\n\n";
  static char request[longest_request];
  ssize_t count = read(client, request, sizeof request);
  if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
    close(client);
    return;
  }
  if (count >= 2 && memcmp(request + count - 2, "\n\n", 2) == 0)
    send(client, dunno, sizeof dunno - 1, MSG_NOSIGNAL);
}

int main(int count, char **arguments) {
  static struct epoll_event events[most_events];
  if (count != 2) {
    fputs("usage: policy_echo SOCKET\n", stderr);
    return 64;
  }
  int listener = listening(arguments[1]);
  int waiter = epoll_create1(EPOLL_CLOEXEC);
  if (listener < 0 || waiter < 0 || watch(waiter, listener) != 0) {
    perror(arguments[1]);
    return 1;
  }
  for (;;) {
    int ready = epoll_wait(waiter, events, most_events, -1);
    for (int index = 0; index < ready; index++) {
      if (events[index].data.fd == listener)
        accept_all(waiter, listener);
      else
        answer(events[index].data.fd);
    }
  }
}
