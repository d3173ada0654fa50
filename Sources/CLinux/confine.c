#define _GNU_SOURCE
#include "clinux_confine.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_close_range(unsigned first, unsigned last) { return close_range(first, last, 0); }

int clinux_forbid_dumps(void) {
  struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int clinux_dumps_forbidden(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return -1;
  return limit.rlim_cur == 0 && limit.rlim_max == 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
}

int clinux_become(uid_t user, gid_t group, const gid_t *groups, size_t count) {
  if (setgroups(count, groups) != 0) return -1;
  if (setresgid(group, group, group) != 0) return -1;
  return setresuid(user, user, user);
}

static int has_group(const gid_t *groups, size_t count, gid_t wanted) {
  for (size_t index = 0; index < count; index++)
    if (groups[index] == wanted) return 1;
  return 0;
}

int clinux_is_only(uid_t user, gid_t group, const gid_t *groups, size_t count) {
  uid_t users[3];
  gid_t own[3], held[64];
  if (getresuid(&users[0], &users[1], &users[2]) != 0) return -1;
  if (getresgid(&own[0], &own[1], &own[2]) != 0) return -1;
  int number = getgroups(sizeof held / sizeof *held, held);
  if (number < 0) return -1;
  for (int index = 0; index < 3; index++)
    if (users[index] != user || own[index] != group) return 0;
  if ((size_t)number != count) return 0;
  for (int index = 0; index < number; index++)
    if (!has_group(groups, count, held[index])) return 0;
  return setresuid((uid_t)-1, 0, (uid_t)-1) != 0 && setresgid((gid_t)-1, 0, (gid_t)-1) != 0;
}

static int get_capabilities(struct __user_cap_data_struct sets[2]) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  return (int)syscall(SYS_capget, &header, sets);
}

static int set_capabilities(struct __user_cap_data_struct sets[2]) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  return (int)syscall(SYS_capset, &header, sets);
}

// The kernel's last capability is where reading the bounding set becomes EINVAL.
static int narrow_bounding_set(uint64_t reachable) {
  for (int number = 0; prctl(PR_CAPBSET_READ, number, 0, 0, 0) >= 0; number++)
    if (!(reachable >> number & 1) && prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0) return -1;
  return 0;
}

int clinux_keep_capabilities(uint64_t kept, uint64_t reachable) {
  struct __user_cap_data_struct sets[2];
  if (get_capabilities(sets) != 0) return -1;
  if (sets[0].effective >> CAP_SETPCAP & 1 && narrow_bounding_set(reachable) != 0) return -1;
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return -1;
  for (int word = 0; word < 2; word++) {
    sets[word].permitted &= (uint32_t)(kept >> 32 * word);
    sets[word].effective = sets[word].permitted;
    sets[word].inheritable = 0;
  }
  return set_capabilities(sets);
}

int clinux_capabilities_within(uint64_t kept, uint64_t reachable) {
  struct __user_cap_data_struct sets[2];
  if (get_capabilities(sets) != 0) return -1;
  for (int word = 0; word < 2; word++) {
    uint32_t allowed = (uint32_t)(kept >> 32 * word);
    if ((sets[word].permitted | sets[word].effective) & ~allowed || sets[word].inheritable) return 0;
  }
  int fixed = clinux_new_privileges_forbidden();
  for (int number = 0; prctl(PR_CAPBSET_READ, number, 0, 0, 0) >= 0; number++) {
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, number, 0, 0) != 0) return 0;
    if (!fixed && !(reachable >> number & 1) && prctl(PR_CAPBSET_READ, number, 0, 0, 0) != 0) return 0;
  }
  return 1;
}

int clinux_may_filter_freely(void) {
  struct __user_cap_data_struct sets[2];
  if (get_capabilities(sets) != 0) return -1;
  return sets[0].effective >> CAP_SYS_ADMIN & 1;
}

int clinux_forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int clinux_new_privileges_forbidden(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0); }
