#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "apps/server/cancellation.h"
#include "apps/server/decode_protocol.h"
#include "apps/server/fork_server.h"
#include "apps/server/http_server.h"
#include "apps/server/metrics.h"
#include "apps/server/upload.h"

namespace gamut::server {

/// Decodes uploads in processes of their own, each of which may die of its file without harm. Thread-safe.
class Decoder {
 public:
  /// @param program  gamut, the program without LibTorch, whose verb decode-uploads forks the children.
  /// @param metrics  outlives it.
  /// @throws Error  the program cannot be started.
  Decoder(std::filesystem::path program, Metrics& metrics);

  /// @param upload        sealed here.
  /// @param deadline      the child is killed then, and
  /// @param cancellation  when this is cancelled.
  /// @throws HttpError  400: options that are no front end's; 413: too long; 422: no audio that can be
  /// decoded, or not within the child's limits; 503: the deadline passed.
  /// @throws Error      a child cannot be started, or fails otherwise.
  DecodedUpload decode(Upload& upload, const DecodeRequest& request, Clock::time_point deadline,
                       const Cancellation& cancellation);

 private:
  std::unique_ptr<ForkServer> take_fork_server();

  std::filesystem::path program_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<ForkServer>> idle_;  // as many as children ran side by side
  Metrics& metrics_;
};

/// The program `gamut` beside this one or, installed, in ../../bin.
/// @throws Error  it is not there.
std::filesystem::path find_decoder_program();

}  // namespace gamut::server
