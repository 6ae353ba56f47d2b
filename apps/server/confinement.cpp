#include "apps/server/confinement.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

void check(int result) {
  if (result < 0) throw Error(std::string("the child cannot be confined: ") + std::strerror(-result));
}

/// Rules that allow nothing; what they do not speak of, forbid_calls forbids.
void forbid_files() {
  const landlock_ruleset_attr forbidden{.handled_access_fs =
                                            LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                                            LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE};
  const long rules = syscall(SYS_landlock_create_ruleset, &forbidden, sizeof(forbidden), 0);
  if (rules < 0) return;  // no Landlock
  const bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  const int error = errno;
  close(static_cast<int>(rules));
  if (!done) check(-error);
}

// A list of what is allowed, as nobody knows all that is harmful, in kernels to come least of all.
constexpr std::string_view kAllowed =
#ifdef GAMUT_ADDRESS_SANITIZER
    "pipe,pipe2,"  // by which the sanitizers learn whether memory can be read
#endif
    "read,pread64,write,writev,close,lseek,fstat,newfstatat,"
    "brk,mmap,munmap,mremap,mprotect,madvise,"
    "futex,sched_yield,sched_getaffinity,sysinfo,getpid,gettid,clock_gettime,gettimeofday,getrandom,"
    "rt_sigaction,rt_sigprocmask,rt_sigreturn,sigaltstack,restart_syscall,exit,exit_group";

void forbid_calls() {
  const std::unique_ptr<void, decltype(&seccomp_release)> filter(seccomp_init(SCMP_ACT_ERRNO(ENOSYS)),
                                                                 seccomp_release);
  if (!filter) check(-ENOMEM);
  for (const std::string& call : split_list(kAllowed, ',')) {
    check(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, seccomp_syscall_resolve_name(call.c_str()), 0));
  }
  for (const auto& [call, flags] : {std::pair(SCMP_SYS(open), 1U), std::pair(SCMP_SYS(openat), 2U)}) {
    const scmp_arg_cmp to_read{flags, SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY};
    check(seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &to_read));
  }
  check(seccomp_load(filter.get()));
}

}  // namespace

void confine() {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) check(-errno);
  forbid_files();
  forbid_calls();
}

}  // namespace gamut::server
