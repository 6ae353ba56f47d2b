// What a confined process can still do; each thing is tried in a child of its own.
#include "apps/server/confinement.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/landlock.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::server::test {
namespace {

/// What `call` leaves in errno where it fails in a confined child; 0 where it does not.
int error_of(const std::function<long()>& call) {
  const pid_t child = fork();
  if (child == 0) {
    confine();
    errno = 0;
    _exit(call() < 0 ? errno : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status)) << status;
  return WEXITSTATUS(status);
}

bool has_landlock() {
  return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

class Confinement : public testing::Test {
 protected:
  void SetUp() override { save_atomically(file_, "secret"); }

  long open_file(int flags) { return open(file_.c_str(), flags, 0600); }

  const gamut::test::TemporaryDirectory directory_;
  const std::filesystem::path file_ = directory_ / "file";
};

TEST_F(Confinement, StartsNoProgramAndNoProcess) {
  EXPECT_EQ(error_of([] { return execl("/bin/true", "true", nullptr); }), ENOSYS);
  EXPECT_EQ(error_of([] { return fork(); }), ENOSYS);
}

TEST_F(Confinement, ReachesNoNetwork) {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK}) {
    EXPECT_EQ(error_of([&] { return socket(family, SOCK_STREAM, 0); }), ENOSYS) << family;
  }
}

TEST_F(Confinement, TouchesNoOtherProcess) {
  EXPECT_EQ(error_of([] { return kill(getppid(), 0); }), ENOSYS);
  EXPECT_EQ(error_of([] { return ptrace(PTRACE_SEIZE, getppid(), nullptr, nullptr); }), ENOSYS);
}

TEST_F(Confinement, ChangesNoFile) {
  for (const int flags : {O_WRONLY, O_RDWR, O_RDONLY | O_TRUNC, O_RDONLY | O_CREAT, O_WRONLY | O_APPEND}) {
    EXPECT_EQ(error_of([&] { return open_file(flags); }), ENOSYS) << flags;
  }
  EXPECT_EQ(error_of([&] { return unlink(file_.c_str()); }), ENOSYS);
  EXPECT_EQ(error_of([&] { return rename(file_.c_str(), (file_.string() + "2").c_str()); }), ENOSYS);
  EXPECT_EQ(load_text(file_), "secret");
}

TEST_F(Confinement, ReadsNoFile) {
  if (!has_landlock()) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(error_of([&] { return open_file(O_RDONLY); }), EACCES);
  EXPECT_EQ(error_of([] { return open("/proc/self/environ", O_RDONLY); }), EACCES);
  EXPECT_EQ(error_of([] { return open("/", O_RDONLY | O_DIRECTORY); }), EACCES);
}

TEST_F(Confinement, RaisesNoLimit) {
  const rlimit more{1 << 20, 1 << 20};
  EXPECT_EQ(error_of([&] { return setrlimit(RLIMIT_NOFILE, &more); }), ENOSYS);
}

TEST_F(Confinement, ReadsTheUpload) {
  const int upload = memfd_create("upload", MFD_CLOEXEC);
  ASSERT_EQ(write(upload, "music", 5), 5);
  const std::string name = "/proc/self/fd/" + std::to_string(upload);
  EXPECT_EQ(error_of([&] {
              char byte = 0;
              const int again = open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
              return again < 0 || read(again, &byte, 1) != 1 || byte != 'm' ? -1L : 0L;
            }),
            0);
  close(upload);
}

}  // namespace
}  // namespace gamut::server::test
