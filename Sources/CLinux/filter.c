#define _GNU_SOURCE
#include "clinux_confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#else
#error "the filter knows the system calls of x86-64 and of 64-bit ARM"
#endif

enum { x32_bit = 0x40000000 };

#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define FAIL(code) RETURN(SECCOMP_RET_ERRNO | (code))
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IF_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))
#define IF_SET(bits, skip) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, (skip))
#define DENY(call, code) IF_EQUAL(__NR_##call, 1), FAIL(code)
// Only the low half is loaded: the kernel takes a family and clone's thread flag from there.
#define ONLY_UNIX(call) \
  IF_EQUAL(__NR_##call, 4), LOAD(args[0]), IF_EQUAL(AF_UNIX, 1), RETURN(SECCOMP_RET_ALLOW), \
      FAIL(EAFNOSUPPORT)

static const struct sock_filter beginning[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0),
    RETURN(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
#ifdef __x86_64__
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, x32_bit, 0, 1),
    RETURN(SECCOMP_RET_KILL_PROCESS),
#endif
};

static const struct sock_filter for_all[] = {
    // other processes
    DENY(ptrace, EPERM), DENY(process_vm_readv, EPERM), DENY(process_vm_writev, EPERM),
    DENY(pidfd_getfd, EPERM), DENY(kcmp, EPERM),
    // the file system's shape and other namespaces
    DENY(mount, EPERM), DENY(umount2, EPERM), DENY(pivot_root, EPERM), DENY(chroot, EPERM),
    DENY(open_tree, EPERM), DENY(move_mount, EPERM), DENY(fsopen, EPERM), DENY(fsconfig, EPERM),
    DENY(fsmount, EPERM), DENY(fspick, EPERM), DENY(mount_setattr, EPERM), DENY(unshare, EPERM),
    DENY(setns, EPERM), DENY(open_by_handle_at, EPERM), DENY(quotactl, EPERM), DENY(acct, EPERM),
    // the kernel
    DENY(bpf, EPERM), DENY(perf_event_open, EPERM), DENY(userfaultfd, EPERM), DENY(init_module, EPERM),
    DENY(finit_module, EPERM), DENY(delete_module, EPERM), DENY(kexec_load, EPERM), DENY(reboot, EPERM),
    DENY(swapon, EPERM), DENY(swapoff, EPERM), DENY(syslog, EPERM), DENY(personality, EPERM),
    DENY(add_key, EPERM), DENY(request_key, EPERM), DENY(keyctl, EPERM),
    DENY(settimeofday, EPERM), DENY(clock_settime, EPERM), DENY(clock_adjtime, EPERM),
    DENY(adjtimex, EPERM), DENY(sethostname, EPERM), DENY(setdomainname, EPERM),
#ifdef __x86_64__
    DENY(iopl, EPERM), DENY(ioperm, EPERM), DENY(modify_ldt, EPERM), DENY(kexec_file_load, EPERM),
#endif
    // a ring could open the sockets that are denied to most
    DENY(io_uring_setup, ENOSYS), DENY(io_uring_enter, ENOSYS), DENY(io_uring_register, ENOSYS),
};

static const struct sock_filter no_network[] = {ONLY_UNIX(socket), ONLY_UNIX(socketpair)};

static const struct sock_filter no_exec[] = {DENY(execve, EPERM), DENY(execveat, EPERM)};

static const struct sock_filter no_fork[] = {
#ifdef __x86_64__
    DENY(fork, EPERM), DENY(vfork, EPERM),
#endif
    // clone3's flags are out of a filter's reach; glibc takes clone instead
    DENY(clone3, ENOSYS),
    IF_EQUAL(__NR_clone, 4), LOAD(args[0]), IF_SET(CLONE_THREAD, 1), RETURN(SECCOMP_RET_ALLOW), FAIL(EPERM),
};

static const struct sock_filter ending[] = {RETURN(SECCOMP_RET_ALLOW)};

enum { longest_filter = 256 };

struct filter {
  struct sock_filter steps[longest_filter];
  unsigned short count;
};

static void append(struct filter *filter, const struct sock_filter *steps, size_t size) {
  for (size_t index = 0; index < size / sizeof *steps; index++) filter->steps[filter->count++] = steps[index];
}

_Static_assert(
    sizeof beginning + sizeof for_all + sizeof no_network + sizeof no_exec + sizeof no_fork + sizeof ending <=
        sizeof(struct sock_filter) * longest_filter,
    "the filter has room for all its parts");

int clinux_filter_calls(unsigned more) {
  struct filter filter = {.count = 0};
  append(&filter, beginning, sizeof beginning);
  append(&filter, for_all, sizeof for_all);
  if (more & CLINUX_NO_NETWORK) append(&filter, no_network, sizeof no_network);
  if (more & CLINUX_NO_EXEC) append(&filter, no_exec, sizeof no_exec);
  if (more & CLINUX_NO_FORK) append(&filter, no_fork, sizeof no_fork);
  append(&filter, ending, sizeof ending);
  struct sock_fprog program = {.len = filter.count, .filter = filter.steps};
  long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
  // A positive result is a thread that has another filter.
  if (result > 0) errno = EBUSY;
  return result == 0 ? 0 : -1;
}

int clinux_calls_filtered(unsigned more) {
  if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != SECCOMP_MODE_FILTER) return 0;
  if (!(more & CLINUX_NO_NETWORK)) return 1;
  int inet = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (inet < 0) return errno == EAFNOSUPPORT;
  close(inet);
  return 0;
}
