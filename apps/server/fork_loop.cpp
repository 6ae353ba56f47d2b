#include "apps/server/fork_loop.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <utility>

#include "apps/server/fork_protocol.h"
#include "gamut/core/descriptor.h"

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 forgets to say that it is C
}

namespace gamut::server {
namespace {

constexpr int kSocket = STDIN_FILENO;

using Task = std::function<void(const std::string& request)>;

[[noreturn]] void be_fork(pid_t parent, const ForkWork& work, const Task& task) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);  // it died before it was watched
  if (dup2(work.input.get(), STDIN_FILENO) < 0 || dup2(work.output.get(), STDOUT_FILENO) < 0) _exit(1);
  close_range(STDERR_FILENO + 1, UINT_MAX, 0);
  try {
    task(work.request);
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

/// Waits until the fork has ended, and ends it when the socket says anything, which is its other side's wish
/// or end.
ForkEnd wait_for(pid_t fork) {
  ForkEnd end;
  const Descriptor process(pidfd_open(fork, 0));
  if (process.get() < 0) end.error = errno;
  std::array<pollfd, 2> waiting{{{process.get(), POLLIN, 0}, {kSocket, POLLIN, 0}}};
  while (end.error == 0 && poll(waiting.data(), waiting.size(), -1) < 0) {
    if (errno != EINTR) end.error = errno;
  }
  if (waiting[0].revents == 0) kill(fork, SIGKILL);
  while (wait4(fork, &end.status, 0, &end.usage) < 0 && errno == EINTR) {
  }
  return end;
}

/// @return its process, which alone has the work's files then; -1 with errno set.
pid_t start_fork(const ForkWork work, const Task& task) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) be_fork(parent, work, task);
  return child;
}

}  // namespace

void serve_forks(const Task& task) {
  // Who stops a service may send this to all its processes; this one's work ends when the server says so.
  signal(SIGTERM, SIG_IGN);
  while (std::optional<ForkWork> work = receive_work(kSocket)) {
    if (work->output.get() < 0) continue;  // to stop one that has ended by itself
    const pid_t fork = start_fork(std::move(*work), task);
    const ForkEnd end = fork > 0 ? wait_for(fork) : ForkEnd{.error = errno, .status = 0, .usage = {}};
    if (!send_end(kSocket, end)) break;
  }
  _exit(0);
}

}  // namespace gamut::server
