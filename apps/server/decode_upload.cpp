#include "apps/server/decode_upload.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "apps/server/confinement.h"
#include "apps/server/decode_protocol.h"
#include "gamut/audio/decode.h"
#include "gamut/core/descriptor.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/spectra/frequency_axis.h"

namespace gamut::server {
namespace {

// The upload's only name.
constexpr const char* kUpload = "/proc/self/fd/0";

void limit(decltype(RLIMIT_AS) resource, rlim_t value) {
  const rlimit both{value, value};
  if (setrlimit(resource, &both) != 0) {
    throw Error(std::string("a limit of the child cannot be set: ") + std::strerror(errno));
  }
}

void give_up_rights(const DecodeRequest& request) {
  prctl(PR_SET_DUMPABLE, 0);
#ifndef GAMUT_ADDRESS_SANITIZER  // whose shadow takes terabytes of addresses
  limit(RLIMIT_AS, request.max_memory_bytes);
#endif
  limit(RLIMIT_CPU, static_cast<rlim_t>(request.max_cpu_s));
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, 16);
  limit(RLIMIT_NPROC, 0);
  confine();
}

std::vector<spectra::FrontEnd> make_front_ends(const DecodeRequest& request) {
  std::vector<spectra::FrontEnd> front_ends;
  for (const Json& options : request.front_ends) {
    front_ends.emplace_back(spectra::front_end_options_from_json(options));
  }
  if (front_ends.empty()) throw ParameterError("no front end was asked for");
  return front_ends;
}

/// Refuses more pictures than the answer may hold before they are drawn.
void check_size(const DecodeRequest& request, const std::vector<spectra::FrontEnd>& front_ends,
                std::size_t n_samples) {
  const std::size_t bytes = count_picture_bytes(front_ends, n_samples);
  if (bytes > request.max_picture_bytes) {
    throw audio::TooLongError(
        fmt::format("its pictures take {} bytes, but at most {} are made; send a shorter "
                    "recording or ask for smaller pictures",
                    bytes, request.max_picture_bytes));
  }
}

DecodedUpload decode(const DecodeRequest& request) {
  const std::vector<spectra::FrontEnd> front_ends = make_front_ends(request);
  const spectra::FrontEndOptions& first = front_ends.front().options();
  const audio::Recording recording = audio::decode(kUpload, {.sample_rate_hz = first.sample_rate_hz,
                                                             .channels = first.channels,
                                                             .max_duration_s = request.max_duration_s});
  check_size(request, front_ends, recording.signal().size());
  auto pictures = compute_pictures(front_ends, recording.signals);
  DecodedUpload upload{.outcome = recording.outcome,
                       .reason = recording.reason,
                       .duration_s = recording.duration_s,
                       .sets = {}};
  for (std::size_t i = 0; i < front_ends.size(); ++i) {
    Json ticks = Json::array();
    for (const spectra::FrequencyTick& tick : spectra::make_frequency_ticks(front_ends[i])) {
      ticks.push_back({{"frequency_hz", tick.frequency_hz}, {"height", tick.height}});
    }
    upload.sets.push_back({.options = to_json(front_ends[i].options()),
                           .frequencies_hz = spectra::picture_frequencies_hz(front_ends[i]),
                           .ticks = std::move(ticks),
                           .pictures = std::move(pictures[i])});
  }
  return upload;
}

/// The message without the name that the upload has here.
std::string without_name(std::string message) {
  const std::string name = "'" + std::string(kUpload) + "'";
  const std::size_t at = message.find(name);
  if (at != std::string::npos) message.replace(at, name.size(), "the upload");
  return message;
}

std::string make_answer(const DecodeRequest& request) {
  try {
    give_up_rights(request);
    return encode_answer(decode(request));
  } catch (const ParameterError& error) {
    return encode_answer(DecodeRefusal{"parameter", error.what()});
  } catch (const audio::TooLongError& error) {
    return encode_answer(DecodeRefusal{"too_long", without_name(error.what())});
  } catch (const DecodeError& error) {
    return encode_answer(DecodeRefusal{"undecodable", without_name(error.what())});
  } catch (const std::bad_alloc&) {
    return encode_answer(DecodeRefusal{
        "memory", fmt::format("decoding it takes more than the {} MiB of memory that one upload may take",
                              request.max_memory_bytes >> 20)});
  } catch (const std::exception& error) {
    return encode_answer(DecodeRefusal{"internal", error.what()});
  }
}

}  // namespace

void decode_upload(const std::string& request_text) {
  DecodeRequest request;
  try {
    request = decode_request_from_json(Json::parse(request_text));
  } catch (const Json::exception& error) {
    throw ParameterError(std::string("decode-upload takes JSON from gamut serve: ") + error.what());
  }
  const std::string answer = make_answer(request);
  if (!write_all(STDOUT_FILENO, answer)) {
    throw Error(std::string("the answer cannot be written: ") + std::strerror(errno));
  }
  // What runs at the end of a program, such as a sanitizer's search for leaks, is not for one so confined.
  _exit(0);
}

}  // namespace gamut::server
