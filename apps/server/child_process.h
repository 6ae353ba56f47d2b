#pragma once

#include <sys/resource.h>

#include <filesystem>
#include <string>
#include <vector>

#include "apps/server/cancellation.h"
#include "apps/server/http_server.h"

namespace gamut::server {

/// How a child ended.
struct ChildEnd {
  enum class Cause { exited, killed_by_signal, deadline, cancelled, wrote_too_much };
  Cause cause = Cause::exited;
  int code = 0;        ///< exit status, or the signal
  std::string output;  ///< what it wrote to standard output
  rusage usage{};
};

/// Runs a program to its end, or ends it: killed at the deadline, when cancelled, and when it writes more
/// than it may. It gets one descriptor as standard input, no other of this process's, no environment but the
/// loader's, a process group of its own, and standard error nowhere.
///
/// @param argv              argv[0] is its path.
/// @param max_output_bytes  of its standard output.
/// @throws Error  it cannot be started.
ChildEnd run_child(const std::vector<std::string>& argv, int standard_input, std::size_t max_output_bytes,
                   Clock::time_point deadline, const Cancellation& cancellation);

}  // namespace gamut::server
