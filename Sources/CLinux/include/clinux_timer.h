// The timer that ends its own process.
#pragma once
#include <stdint.h>

/// Makes the process's one deadly timer, not yet running; -1 and errno on failure.
int clinux_make_deadly_timer(void);

/// SIGKILL to this process after `nanoseconds` of CLOCK_MONOTONIC; 0 stops the timer.
/// -1 and errno on failure.
int clinux_set_deadly_timer(int64_t nanoseconds);
