#include "apps/server/decoder.h"

#include <fmt/format.h>
#include <signal.h>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

[[noreturn]] void throw_timeout() {
  throw HttpError(503, "timeout", "decoding was not done in time; try again, or send a shorter recording", 1);
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

/// In one word, for the metrics.
std::string describe(const ChildEnd& end) {
  switch (end.cause) {
    case ChildEnd::Cause::deadline:
      return "deadline";
    case ChildEnd::Cause::cancelled:
      return "cancelled";
    case ChildEnd::Cause::wrote_too_much:
      return "output";
    case ChildEnd::Cause::killed_by_signal:
      // At the limit on processor time the system sends SIGXCPU or, soft and hard limit being one, SIGKILL.
      return end.code == SIGXCPU || end.code == SIGKILL ? "cpu" : "crashed";
    case ChildEnd::Cause::exited:
      break;
  }
  return end.code == 0 ? "answered" : "failed";
}

}  // namespace

Decoder::Decoder(std::filesystem::path program, Metrics& metrics)
    : program_(std::move(program)), metrics_(metrics) {
  idle_.push_back(take_fork_server());  // the first upload need not wait for it
}

std::unique_ptr<ForkServer> Decoder::take_fork_server() {
  {
    const std::lock_guard lock(mutex_);
    while (!idle_.empty()) {
      std::unique_ptr<ForkServer> one = std::move(idle_.back());
      idle_.pop_back();
      if (one->is_ready()) return one;
    }
  }
  return std::make_unique<ForkServer>(std::vector{program_.string(), std::string("decode-uploads")});
}

DecodedUpload Decoder::decode(Upload& upload, const DecodeRequest& request, Clock::time_point deadline,
                              const Cancellation& cancellation) {
  upload.seal();
  std::unique_ptr<ForkServer> forks = take_fork_server();
  const ChildEnd end = forks->run(dump_json(to_json(request)), upload.descriptor(),
                                  kLongestHead + request.max_picture_bytes, deadline, cancellation);
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(forks));
  }
  const std::string how = describe(end);
  metrics_.count("gamut_decode_children_total", {{"end", how}});
  metrics_.count("gamut_decode_cpu_seconds_total", {},
                 seconds(end.usage.ru_utime) + seconds(end.usage.ru_stime));
  if (how == "answered") return decode_answer(end.output, request);
  if (how == "deadline" || how == "cancelled") throw_timeout();
  if (how == "cpu") {
    throw HttpError(
        422, "too_costly",
        fmt::format("decoding it takes more than the {} s of processor time that one upload may take",
                    request.max_cpu_s));
  }
  if (how == "crashed") {
    throw HttpError(422, "undecodable",
                    fmt::format("decoding it ended with signal {}; the file is damaged", end.code));
  }
  throw Error(fmt::format("decoding failed ({}, exit code {})", how, end.code));
}

std::filesystem::path find_decoder_program() {
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  for (const std::filesystem::path& place : {folder / "gamut", folder / "../../bin/gamut"}) {
    if (std::filesystem::exists(place)) return place;
  }
  throw Error(printable((folder / "gamut").string()) +
              " is not there; uploads are decoded by it, install it beside this program");
}

}  // namespace gamut::server
