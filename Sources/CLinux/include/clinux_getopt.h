// glibc's getopt without its global variables, which Swift 6 does not let through.
#pragma once

typedef struct clinux_option {
  /// The option's letter; '?' for one that `letters` lacks, ':' for one whose argument is missing, -1 at the end.
  int letter;
  /// The letter that caused '?' or ':'.
  int culprit;
  /// The option's argument, or NULL; points into the arguments.
  const char *argument;
} clinux_option;

/// Starts over, with the arguments of the next calls. getopt keeps its place in global variables:
/// one scan at a time in a process.
void clinux_getopt_begin(void);

/// The next option of `arguments` (the program's name first), which are permuted as getopt does.
/// Prints nothing.
clinux_option clinux_getopt_next(int count, char *const *arguments, const char *letters);
