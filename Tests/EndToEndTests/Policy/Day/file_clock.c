// A wall clock that a test sets: LD_PRELOAD it, and time(2) is the number at the beginning of the file that
// FILE_CLOCK names. (faketime's library won't do: it adds to the environment before main, and Swift's runtime
// looks for the arguments beside it.)
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const volatile long *now;

// Before main, since afterwards a daemon may have no rights to open it.
__attribute__((constructor)) static void open_clock(void) {
  const char *path = getenv("FILE_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  void *page = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *now, PROT_READ, MAP_SHARED, file, 0);
  if (page == MAP_FAILED) _exit(127);
  close(file);
  now = page;
}

time_t time(time_t *result) {
  if (result) *result = *now;
  return *now;
}
