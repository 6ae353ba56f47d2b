#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <string>
#include <vector>

#include "apps/server/cancellation.h"
#include "apps/server/http_server.h"
#include "gamut/core/descriptor.h"

namespace gamut::server {

/// How a child ended.
struct ChildEnd {
  enum class Cause { exited, killed_by_signal, deadline, cancelled, wrote_too_much };
  Cause cause = Cause::exited;
  int code = 0;        ///< exit status, or the signal
  std::string output;  ///< what it wrote to standard output
  rusage usage{};
};

/// A program that calls serve_forks() (fork_loop.h), started once, and the children that it forks. For one
/// thread at a time.
class ForkServer {
 public:
  /// Starts it, with a process group of its own, no descriptor of this process's, no environment but the
  /// loader's, and standard output and error nowhere.
  ///
  /// @param argv  argv[0] is its path.
  /// @throws Error  it cannot be started.
  explicit ForkServer(const std::vector<std::string>& argv);
  ~ForkServer();
  ForkServer(const ForkServer&) = delete;
  ForkServer& operator=(const ForkServer&) = delete;

  /// Whether it waits for work. One that was killed, or whose run() threw, does not.
  bool is_ready() const;

  /// Runs a child to its end, or ends it: killed at the deadline, when cancelled, and when it writes more
  /// than it may.
  ///
  /// @param standard_input    the child's, and the only descriptor that it has beside its output.
  /// @param max_output_bytes  of its standard output.
  /// @throws Error  it cannot be started, or the program is gone.
  ChildEnd run(const std::string& request, int standard_input, std::size_t max_output_bytes,
               Clock::time_point deadline, const Cancellation& cancellation);

 private:
  Descriptor socket_;
  pid_t process_ = -1;
  bool is_busy_ = false;
};

}  // namespace gamut::server
