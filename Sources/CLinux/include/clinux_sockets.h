// Socket calls that Swift's Glibc module lacks, because they need _GNU_SOURCE,
// a macro, or a control message.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// accept4 with SOCK_NONBLOCK and SOCK_CLOEXEC; -1 and errno on failure.
int clinux_accept(int listener);

/// Who connected to a unix socket (SO_PEERCRED); -1 and errno on failure.
int clinux_peer(int socket, pid_t *pid, uid_t *uid, gid_t *gid);

/// A SOCK_SEQPACKET pair, close-on-exec and non-blocking at both ends.
int clinux_seqpacket_pair(int ends[2]);

/// A unix stream socket, close-on-exec and non-blocking, bound and listening at `path`.
/// The socket file gets mode 0600 until the caller widens it.
int clinux_listen_unix(const char *path, int backlog);

/// TCP sockets, close-on-exec and non-blocking, listening on every address of `host` (NULL: of this
/// machine), their numbers put in `listeners`. How many; -1 and errno when one can't be had; getaddrinfo's
/// negative code less 1 for a host that isn't known.
int clinux_listen_inet(const char *host, uint16_t port, int backlog, int *listeners, size_t capacity);

/// A unix stream socket, close-on-exec and blocking, connected to `path`.
int clinux_connect_unix(const char *path);

/// A unix datagram socket, close-on-exec and non-blocking, connected to `path`; `@` before it
/// stands for the NUL of an abstract name.
int clinux_connect_datagram(const char *path);

/// Lets the other end's closing end the process by SIGIO whenever the socket has O_ASYNC; one
/// socket a process. -1 and errno on failure.
int clinux_die_with(int socket);

/// Sends one message with at most one descriptor (-1: none).
ssize_t clinux_send(int socket, const void *bytes, size_t count, int descriptor);

/// Receives one message; a descriptor that came with it is put in `descriptor`, close-on-exec,
/// else -1. More than one descriptor, or a message cut short, is EPROTO and leaves nothing open.
ssize_t clinux_receive(int socket, void *bytes, size_t capacity, int *descriptor);
