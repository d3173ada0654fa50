#include "clinux_timer.h"

#include <signal.h>
#include <time.h>

static timer_t deadly;

int clinux_make_deadly_timer(void) {
  struct sigevent death = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
  return timer_create(CLOCK_MONOTONIC, &death, &deadly);
}

int clinux_set_deadly_timer(int64_t nanoseconds) {
  struct itimerspec when = {
      .it_value = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000}};
  return timer_settime(deadly, 0, &when, NULL);
}
