// A name server that is far away: it says of every name that there is none, DELAY milliseconds after it was asked.
//
//     slow_dns ADDRESS PORT DELAY
//
// Any number of questions may be on their way at once, and none of them holds up another. The answer has a SOA record
// of the root, which lets it be kept for an hour. It ends with SIGTERM.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_waiting = 4096, longest_question = 512, header = 12, question_tail = 4, room = 64 * 1024 };

// The root's, whose names are the root again; its last number is how long a "no" holds.
static const unsigned char authority[] = {0, 0, 6,    0, 1, 0, 0, 0x0e, 0x10, 0, 22, 0,    0,    0, 0, 0, 1, 0,
                                          0, 0x0e, 0x10, 0, 0, 3, 0x84, 0,    1, 0x51, 0x80, 0, 0, 0x0e, 0x10};

struct answer {
  double due;
  struct sockaddr_in asker;
  size_t length;
  unsigned char bytes[longest_question + sizeof authority];
};

// The delay is the same for all: whoever came first goes first.
static struct answer waiting[most_waiting];
static unsigned first, count;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// The end of the one question, without records that come with it (EDNS); 0 for what is no question.
static size_t question_end(const unsigned char *bytes, size_t length) {
  size_t place = header;
  while (place < length && bytes[place] != 0) place += bytes[place] + 1u;
  place += 1 + question_tail;
  return place <= length && bytes[5] == 1 && (bytes[2] & 0xf8) == 0 ? place : 0;
}

static void take_all(int number, double delay) {
  while (count < most_waiting) {
    struct answer *answer = &waiting[(first + count) % most_waiting];
    socklen_t size = sizeof answer->asker;
    ssize_t length = recvfrom(number, answer->bytes, longest_question, 0, (struct sockaddr *)&answer->asker, &size);
    if (length < 0) return;
    size_t end = question_end(answer->bytes, (size_t)length);
    if (end == 0) continue;
    memset(answer->bytes + 6, 0, 6);
    answer->bytes[2] |= 0x84;  // an answer, from who knows best
    answer->bytes[3] = 0x83;   // recursion is there; NXDOMAIN
    answer->bytes[9] = 1;      // one record of authority
    memcpy(answer->bytes + end, authority, sizeof authority);
    answer->length = end + sizeof authority;
    answer->due = now() + delay;
    count++;
  }
}

static void give_due(int number) {
  while (count > 0 && waiting[first].due <= now()) {
    struct answer *answer = &waiting[first];
    sendto(number, answer->bytes, answer->length, 0, (struct sockaddr *)&answer->asker, sizeof answer->asker);
    first = (first + 1) % most_waiting;
    count--;
  }
}

int main(int arguments_count, char **arguments) {
  if (arguments_count != 4) {
    fputs("usage: slow_dns ADDRESS PORT DELAY\n", stderr);
    return 64;
  }
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(arguments[2]))};
  double delay = atof(arguments[3]) / 1000;
  int number = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), bytes = room * 16;
  if (number < 0 || inet_pton(AF_INET, arguments[1], &here.sin_addr) != 1 ||
      bind(number, (struct sockaddr *)&here, sizeof here) != 0) {
    perror(arguments[1]);
    return 1;
  }
  setsockopt(number, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  for (;;) {
    struct pollfd socket = {.fd = number, .events = POLLIN};
    double rest = count == 0 ? 0 : waiting[first].due - now();
    if (rest < 0) rest = 0;
    struct timespec pause = {.tv_sec = (time_t)rest, .tv_nsec = (long)((rest - (double)(time_t)rest) * 1e9)};
    if (ppoll(&socket, 1, count == 0 ? NULL : &pause, NULL) > 0) take_all(number, delay);
    give_due(number);
  }
}
