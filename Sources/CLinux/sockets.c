#define _GNU_SOURCE
#include "clinux_sockets.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int clinux_accept(int listener) {
  return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_peer(int socket, pid_t *pid, uid_t *uid, gid_t *gid) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return -1;
  *pid = peer.pid;
  *uid = peer.uid;
  *gid = peer.gid;
  return 0;
}

int clinux_seqpacket_pair(int ends[2]) {
  return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends);
}

static int unix_address(const char *path, struct sockaddr_un *address) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  if (strlen(path) >= sizeof address->sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(address->sun_path, path);
  return 0;
}

static int closing(int descriptor) {
  int cause = errno;
  close(descriptor);
  errno = cause;
  return -1;
}

int clinux_listen_unix(const char *path, int backlog) {
  struct sockaddr_un address;
  if (unix_address(path, &address) != 0) return -1;
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return -1;
  mode_t before = umask(0177);
  int bound = bind(listener, (struct sockaddr *)&address, sizeof address);
  int cause = errno;
  umask(before);
  errno = cause;
  if (bound != 0) return closing(listener);
  if (listen(listener, backlog) != 0) return closing(listener);
  return listener;
}

static int listening_inet(const struct addrinfo *address, int backlog) {
  int listener = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
  if (listener < 0) return -1;
  int yes = 1;
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0) return closing(listener);
  // Both families of "all addresses" would else want the same port.
  if (address->ai_family == AF_INET6 && setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) != 0)
    return closing(listener);
  if (bind(listener, address->ai_addr, address->ai_addrlen) != 0) return closing(listener);
  if (listen(listener, backlog) != 0) return closing(listener);
  return listener;
}

int clinux_listen_inet(const char *host, uint16_t port, int backlog, int *listeners, size_t capacity) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
  struct addrinfo *addresses;
  char digits[8];
  snprintf(digits, sizeof digits, "%u", port);
  int code = getaddrinfo(host, digits, &hints, &addresses);
  if (code != 0) return code - 1;
  size_t count = 0;
  int cause = 0;
  for (const struct addrinfo *address = addresses; address && count < capacity; address = address->ai_next) {
    int listener = listening_inet(address, backlog);
    if (listener >= 0) {
      listeners[count++] = listener;
    } else if (errno != EAFNOSUPPORT && errno != EADDRNOTAVAIL) {
      cause = errno;
      break;
    }
  }
  freeaddrinfo(addresses);
  if (cause == 0 && count > 0) return (int)count;
  while (count > 0) close(listeners[--count]);
  errno = cause ? cause : EADDRNOTAVAIL;
  return -1;
}

static int connected(const char *path, int type) {
  struct sockaddr_un address;
  if (unix_address(path, &address) != 0) return -1;
  // Exact, since every byte of an abstract name counts.
  socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
  if (path[0] == '@') address.sun_path[0] = 0;
  int client = socket(AF_UNIX, type, 0);
  if (client < 0) return -1;
  if (connect(client, (struct sockaddr *)&address, length) != 0) return closing(client);
  return client;
}

int clinux_connect_unix(const char *path) { return connected(path, SOCK_STREAM | SOCK_CLOEXEC); }

int clinux_connect_datagram(const char *path) {
  return connected(path, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK);
}

static int deadly = -1;

// The kernel wakes a receiver before it signals: the signal for a message may come when that has been read already
// and the socket has been made deadly since. Only a hang-up ends the process.
static void end_if_hung_up(int number) {
  struct pollfd state = {.fd = deadly};
  int cause = errno;
  if (poll(&state, 1, 0) == 1 && state.revents & (POLLHUP | POLLNVAL)) {
    sigaction(number, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    raise(number);
  }
  errno = cause;
}

int clinux_die_with(int socket) {
  deadly = socket;
  struct sigaction action = {.sa_handler = end_if_hung_up, .sa_flags = SA_RESTART};
  if (sigaction(SIGIO, &action, NULL) != 0) return -1;
  return fcntl(socket, F_SETOWN, getpid());
}

ssize_t clinux_send(int socket, const void *bytes, size_t count, int descriptor) {
  struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
  union {
    char room[CMSG_SPACE(sizeof(int))];
    struct cmsghdr alignment;
  } control;
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (descriptor >= 0) {
    memset(&control, 0, sizeof control);
    message.msg_control = control.room;
    message.msg_controllen = sizeof control.room;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
  }
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

// Room for more descriptors than we take: a surplus that fits is closed here, one that
// doesn't is cut off by the kernel, which says so.
enum { most_descriptors = 8 };

ssize_t clinux_receive(int socket, void *bytes, size_t capacity, int *descriptor) {
  struct iovec part = {.iov_base = bytes, .iov_len = capacity};
  union {
    char room[CMSG_SPACE(sizeof(int) * most_descriptors)];
    struct cmsghdr alignment;
  } control;
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  *descriptor = -1;
  ssize_t count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (count < 0) return -1;
  int received = 0;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    int here = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    for (int index = 0; index < here; index++) {
      int one;
      memcpy(&one, CMSG_DATA(header) + sizeof(int) * (size_t)index, sizeof one);
      if (received++ == 0) *descriptor = one;
      else close(one);
    }
  }
  if (received > 1 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
    if (*descriptor >= 0) close(*descriptor);
    *descriptor = -1;
    errno = EPROTO;
    return -1;
  }
  return count;
}
