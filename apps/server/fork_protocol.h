#pragma once

#include <sys/resource.h>

#include <optional>
#include <string>

#include "gamut/core/descriptor.h"

namespace gamut::server {

// What gamut serve and a fork server (fork_loop.h) say to each other, over a SOCK_SEQPACKET socket.

/// How a fork ended.
struct ForkEnd {
  int error = 0;   ///< errno where it could not be started
  int status = 0;  ///< as wait(2) gives it
  rusage usage{};
};

/// What a fork is to do.
struct ForkWork {
  std::string request;
  Descriptor input;   ///< its standard input
  Descriptor output;  ///< its standard output; none where this is no work but send_stop's message
};

/// Asks for a fork that has `input` as its standard input and `output` as its standard output.
/// @return false with errno set.
bool send_work(int socket, const std::string& request, int input, int output);

/// Asks for the end of the fork that runs. Does nothing where it has ended.
void send_stop(int socket);

/// Waits for the next message.
/// @return nothing: the other side is gone.
std::optional<ForkWork> receive_work(int socket);

/// @return false with errno set.
bool send_end(int socket, const ForkEnd& end);

/// Waits for the end of the fork that runs.
/// @return false: the fork server is gone.
bool receive_end(int socket, ForkEnd& end);

}  // namespace gamut::server
