#include "apps/server/fork_server.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "apps/server/fork_protocol.h"
#include "gamut/core/error.h"

namespace gamut::server {
namespace {

[[noreturn]] void fail(const std::string& what, int code) {
  throw Error(what + ": " + std::strerror(code));
}

class SpawnOptions {
 public:
  explicit SpawnOptions(int standard_input) {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, standard_input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnOptions() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnOptions(const SpawnOptions&) = delete;
  SpawnOptions& operator=(const SpawnOptions&) = delete;

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

std::vector<std::string> child_environment() {
  // Symbols bound at the start are bound for all forks; and a child that has given up its rights cannot be
  // searched for leaks.
  std::vector<std::string> environment{"LC_ALL=C", "LD_BIND_NOW=1", "ASAN_OPTIONS=detect_leaks=0"};
  if (const char* folders = std::getenv("LD_LIBRARY_PATH")) {
    environment.push_back(std::string("LD_LIBRARY_PATH=") + folders);
  }
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> all;
  for (std::string& string : strings) all.push_back(string.data());
  all.push_back(nullptr);
  return all;
}

pid_t start(std::vector<std::string> argv, int standard_input) {
  std::vector<std::string> environment = child_environment();
  const SpawnOptions options(standard_input);
  pid_t child = -1;
  const int error = posix_spawn(&child, argv[0].c_str(), &options.actions, &options.attributes,
                                pointers(argv).data(), pointers(environment).data());
  if (error != 0) fail("a fork server cannot be started", error);
  return child;
}

/// Reads what is there. @return false at the end.
bool read_some(int pipe, std::string& output) {
  std::array<char, 65536> piece;
  const ssize_t got = read(pipe, piece.data(), piece.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  output.append(piece.data(), static_cast<std::size_t>(got));
  return got > 0;
}

int milliseconds_to(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<long>(left, 0, 1 << 30));
}

/// Reads until the child has ended. @return why it must be ended; `exited` where it has.
ChildEnd::Cause follow(int pipe, int socket, std::size_t max_output_bytes, Clock::time_point deadline,
                       const Cancellation& cancellation, std::string& output) {
  std::array<pollfd, 3> waiting{
      {{pipe, POLLIN, 0}, {socket, POLLIN, 0}, {cancellation.descriptor(), POLLIN, 0}}};
  bool has_ended = false;
  while (true) {
    const int n_ready = poll(waiting.data(), waiting.size(), milliseconds_to(deadline));
    if (n_ready < 0 && errno != EINTR) fail("a child cannot be followed", errno);
    if (n_ready < 0) continue;
    if (waiting[2].revents != 0) return ChildEnd::Cause::cancelled;
    if (waiting[0].revents != 0) {
      if (!read_some(pipe, output)) waiting[0].fd = -1;
    } else if (has_ended) {
      return ChildEnd::Cause::exited;  // and nothing is left to read
    }
    // What it wrote last may have come between the looks at the pipe and at the socket; the next turn sees
    // it.
    has_ended = waiting[1].revents != 0;
    if (output.size() > max_output_bytes) return ChildEnd::Cause::wrote_too_much;
    if (Clock::now() >= deadline) return ChildEnd::Cause::deadline;
  }
}

}  // namespace

ForkServer::ForkServer(const std::vector<std::string>& argv) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    fail("no socket for a fork server", errno);
  }
  socket_ = Descriptor(ends[0]);
  const Descriptor its_end(ends[1]);
  process_ = start(argv, its_end.get());
}

ForkServer::~ForkServer() {
  shutdown(socket_.get(), SHUT_RDWR);  // upon which it ends its child and itself
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool ForkServer::is_ready() const {
  pollfd socket{socket_.get(), POLLIN, 0};
  return !is_busy_ && poll(&socket, 1, 0) == 0;
}

ChildEnd ForkServer::run(const std::string& request, int standard_input, std::size_t max_output_bytes,
                         Clock::time_point deadline, const Cancellation& cancellation) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe for a child", errno);
  const Descriptor read_end(ends[0]);
  is_busy_ = true;
  {
    const Descriptor write_end(ends[1]);
    if (!send_work(socket_.get(), request, standard_input, write_end.get())) {
      fail("a child cannot be started", errno);
    }
  }
  ChildEnd end;
  end.cause = follow(read_end.get(), socket_.get(), max_output_bytes, deadline, cancellation, end.output);
  if (end.cause != ChildEnd::Cause::exited) send_stop(socket_.get());
  ForkEnd told;
  if (!receive_end(socket_.get(), told)) throw Error("the process that starts children is gone");
  is_busy_ = false;
  if (told.error != 0) fail("a child cannot be started", told.error);
  end.usage = told.usage;
  if (end.cause == ChildEnd::Cause::exited) {
    end.code = WIFEXITED(told.status) ? WEXITSTATUS(told.status) : WTERMSIG(told.status);
    if (WIFSIGNALED(told.status)) end.cause = ChildEnd::Cause::killed_by_signal;
  }
  return end;
}

}  // namespace gamut::server
