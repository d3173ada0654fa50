// What asking the DNS costs at the least: c-ares alone, with so many questions in flight, each for another name.
//
//     ares_loop SERVER COUNT IN_FLIGHT ZONE...
//
// SERVER is an address, with :PORT where it isn't 53. The names are those of a blocklist for the addresses 10.0.0.0,
// 10.0.0.1 and so on, in each of the zones in turn. Answers are counted and not read; nothing is kept. It prints a
// line each of rate=, a second; answers= (of COUNT) and failed=; p50_us=, the median of the times from the question
// to the answer; cpu_ms=, what it has had of the processors.
#include <ares.h>
#include <arpa/nameser.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { most_events = 16, patience_ms = 100 };

static long asked, answered, failed;
static int waiter;
// When each question was asked, and then how long it took, in seconds.
static double *times;

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void count_answer(void *context, int status, int timeouts, unsigned char *reply, int length) {
  (void)timeouts, (void)reply, (void)length;
  double *time = context;
  *time = seconds() - *time;
  if (status == ARES_SUCCESS || status == ARES_ENOTFOUND || status == ARES_ENODATA)
    answered++;
  else
    failed++;
}

static void watch(void *context, ares_socket_t number, int reads, int writes) {
  (void)context;
  struct epoll_event event = {.events = (reads ? EPOLLIN : 0) | (writes ? EPOLLOUT : 0), .data.fd = number};
  if (event.events == 0)
    epoll_ctl(waiter, EPOLL_CTL_DEL, number, NULL);
  else if (epoll_ctl(waiter, EPOLL_CTL_MOD, number, &event) != 0)
    epoll_ctl(waiter, EPOLL_CTL_ADD, number, &event);
}

static void ask(ares_channel channel, char **zones, int zone_count) {
  char name[256];
  unsigned long number = (unsigned long)(asked / zone_count);
  snprintf(name, sizeof name, "%lu.%lu.%lu.10.%s", number & 255, number >> 8 & 255, number >> 16 & 255,
           zones[asked % zone_count]);
  double *time = &times[asked++];
  *time = seconds();
  ares_query(channel, name, ns_c_in, ns_t_a, count_answer, time);
}

static int compare(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments) {
  if (count < 5) {
    fputs("usage: ares_loop SERVER COUNT IN_FLIGHT ZONE...\n", stderr);
    return 64;
  }
  long total = atol(arguments[2]), most = atol(arguments[3]);
  struct ares_options options = {
      .flags = ARES_FLAG_NOSEARCH, .timeout = 2000, .tries = 2, .sock_state_cb = watch};
  ares_channel channel;
  if (total < 1) return 64;
  times = calloc((size_t)total, sizeof *times);
  waiter = epoll_create1(EPOLL_CLOEXEC);
  if (times == NULL || waiter < 0 || ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS ||
      ares_init_options(&channel, &options,
                        ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB) !=
          ARES_SUCCESS ||
      ares_set_servers_ports_csv(channel, arguments[1]) != ARES_SUCCESS) {
    fputs("ares_loop: no channel to that server\n", stderr);
    return 1;
  }
  double start = seconds();
  while (answered + failed < total) {
    while (asked < total && asked - answered - failed < most) ask(channel, arguments + 4, count - 4);
    struct epoll_event events[most_events];
    int ready = epoll_wait(waiter, events, most_events, patience_ms);
    if (ready == 0) ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (int index = 0; index < ready; index++) {
      int number = events[index].data.fd;
      ares_process_fd(channel, events[index].events & ~(unsigned)EPOLLOUT ? number : ARES_SOCKET_BAD,
                      events[index].events & EPOLLOUT ? number : ARES_SOCKET_BAD);
    }
  }
  double elapsed = seconds() - start;
  qsort(times, (size_t)total, sizeof *times, compare);
  printf("rate=%.1f\nanswers=%ld\nfailed=%ld\np50_us=%.1f\ncpu_ms=%.0f\n", (double)total / elapsed, answered, failed,
         times[total / 2] * 1e6, (double)clock() * 1000 / CLOCKS_PER_SEC);
  ares_destroy(channel);
  free(times);
  return failed == 0 ? 0 : 2;
}
