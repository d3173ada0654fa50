// The library's functions have one form a width of character; ours is the byte.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
