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

// A socket is kept while anything is in flight, which may be for long. From 1.20 on the library can be told to
// take another one, and so another port, after so many questions: whoever forges answers must find that one, too.
static inline void cares_change_ports(struct ares_options *options, int *mask, int questions) {
#ifdef ARES_OPT_UDP_MAX_QUERIES
  options->udp_max_queries = questions;
  *mask |= ARES_OPT_UDP_MAX_QUERIES;
#else
  (void)options;
  (void)mask;
  (void)questions;
#endif
}

// From 1.22 on the library can be told to wait no longer than so many milliseconds, whatever it learns about a
// server.
static inline void cares_wait_at_most(struct ares_options *options, int *mask, int milliseconds) {
#ifdef ARES_OPT_MAXTIMEOUTMS
  options->maxtimeout = milliseconds;
  *mask |= ARES_OPT_MAXTIMEOUTMS;
#else
  (void)options;
  (void)mask;
  (void)milliseconds;
#endif
}

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
