#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/core/json.h"
#include "gamut/core/outcome.h"
#include "gamut/spectra/front_end.h"

namespace gamut::server {

/// Bytes of an answer before its pictures: twice what the axes of eight tall pictures and the times of
/// a day's windows take.
inline constexpr std::size_t kLongestHead = 2 << 20;

/// What a child is to make of an upload.
struct DecodeRequest {
  /// JSON of front ends, all for one sampling rate and channels; checked by the child.
  std::vector<Json> front_ends;
  double max_duration_s = 0;  ///< longer audio is refused
  int max_cpu_s = 0;          ///< of the child
  std::size_t max_memory_bytes = 0;
  std::size_t max_picture_bytes = 0;  ///< of all pictures together
};

/// What a child says of the pictures of one front end.
struct DecodedSet {
  Json options;  ///< every option of the front end
  /// [picture_height], as spectra::picture_frequencies_hz
  std::vector<double> frequencies_hz;
  Json ticks;  ///< as spectra::make_frequency_ticks: [{"frequency_hz", "height"}]
  std::vector<spectra::SegmentPicture> pictures;
};

/// What a child made of an upload.
struct DecodedUpload {
  Outcome outcome = Outcome::ok;
  std::string reason;  ///< why it is partial
  double duration_s = 0;
  std::vector<DecodedSet> sets;  ///< one for each front end
};

/// Why a child made nothing of it.
struct DecodeRefusal {
  std::string kind;  ///< "parameter", "undecodable", "too_long", "memory" or "internal"
  std::string message;
};

Json to_json(const DecodeRequest& request);
/// @throws ParameterError  anything but what to_json writes.
DecodeRequest decode_request_from_json(const Json& json);

/// The bytes that a child writes: the length of a JSON head in 8 hex digits, the head, and the pictures of
/// every set one after the other.
std::string encode_answer(const DecodedUpload& upload);
std::string encode_answer(const DecodeRefusal& refusal);

/// Reads what a child wrote, trusting none of it: pictures of the size that was asked for, no more than so
/// long a recording has, each row with its frequency.
///
/// @throws HttpError  400, 413 or 422: a refusal.
/// @throws Error      bytes that no child writes.
DecodedUpload decode_answer(std::string_view bytes, const DecodeRequest& request);

}  // namespace gamut::server
