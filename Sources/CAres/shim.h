#include <ares.h>

// The library's codes have been macros and are an enumeration; these are numbers with any version.
enum {
  cares_success = ARES_SUCCESS,
  cares_no_data = ARES_ENODATA,
  cares_not_found = ARES_ENOTFOUND,
  cares_timeout = ARES_ETIMEOUT,
  cares_bad_query = ARES_EBADQUERY,
  cares_bad_name = ARES_EBADNAME,
  cares_bad_reply = ARES_EBADRESP,
};

// From 1.31 on the library keeps answers by a clock of its own; ours keep theirs where they can be counted.
static inline void cares_keep_no_answers(struct ares_options *options, int *mask) {
#ifdef ARES_OPT_QUERY_CACHE
  options->qcache_max_ttl = 0;
  *mask |= ARES_OPT_QUERY_CACHE;
#else
  (void)options;
  (void)mask;
#endif
}
