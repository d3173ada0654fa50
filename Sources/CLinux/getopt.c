#define _GNU_SOURCE
#include "include/clinux_getopt.h"
#include <stddef.h>
#include <unistd.h>

void clinux_getopt_begin(void) {
  // 0, glibc's own value, also makes getopt forget where in a cluster of letters it was.
  optind = 0;
  opterr = 0;
}

clinux_option clinux_getopt_next(int count, char *const *arguments, const char *letters) {
  optarg = NULL;
  const int letter = getopt(count, arguments, letters);
  return (clinux_option){.letter = letter, .culprit = optopt, .argument = optarg};
}
