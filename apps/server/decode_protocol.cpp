#include "apps/server/decode_protocol.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <span>

#include "apps/server/http_error.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/spectra/segments.h"

namespace gamut::server {
namespace {

constexpr std::size_t kLengthDigits = 8;
constexpr int kDeepestHead = 8;    // levels; writing it out again takes a call each
constexpr int kMostNames = 10000;  // each is compared with those before it

Json parse_head(std::string_view text) {
  int n_names = 0;
  return Json::parse(text, [&](int depth, Json::parse_event_t event, const Json&) {
    n_names += event == Json::parse_event_t::key ? 1 : 0;
    if (depth > kDeepestHead || n_names > kMostNames) {
      throw Error("a child's answer is nested too deeply or has too many names");
    }
    return true;
  });
}

std::string with_length(const Json& head) {
  const std::string text = dump_json(head);
  return fmt::format("{:08x}", text.size()) + text;
}

[[noreturn]] void throw_refusal(const Json& refusal) {
  const auto kind = refusal.at("kind").get<std::string>();
  const auto message = refusal.at("message").get<std::string>();
  if (kind == "parameter") throw HttpError(400, "bad_option", message);
  if (kind == "too_long") throw HttpError(413, "too_long", message);
  if (kind == "memory") throw HttpError(422, "too_costly", message);
  if (kind == "undecodable") throw HttpError(422, "undecodable", message);
  throw Error("decoding failed: " + message);
}

/// Of the front end asked for, what says how large its pictures are and how many; the child checks it all.
spectra::FrontEndOptions read_layout(const Json& front_end) {
  spectra::FrontEndOptions options;
  OptionReader reader(front_end, "front end");
  std::string channels(to_string(options.channels));
  reader.read("channels", channels);
  options.channels = parse_channels(channels);
  reader.read("sample_rate_hz", options.sample_rate_hz);
  reader.read("picture_width", options.picture_width);
  reader.read("picture_height", options.picture_height);
  reader.read("segment_s", options.segment_s);
  reader.read("segment_hop_s", options.segment_hop_s);
  return options;
}

/// The most pictures of a recording that is as long as it may be.
std::size_t most_pictures(const spectra::FrontEndOptions& options, double max_duration_s) {
  if (!options.segment_s) return 1;
  const double n_samples = std::ceil(max_duration_s * options.sample_rate_hz) + 1;  // as resampling rounds
  return cut_segments(options, static_cast<std::size_t>(n_samples)).size();
}

/// The pictures of one set, taken from the front of `bytes`.
DecodedSet read_set(const Json& head, const Json& front_end, double max_duration_s, std::string_view& bytes,
                    std::size_t& bytes_left) {
  const spectra::FrontEndOptions wanted = read_layout(front_end);
  DecodedSet set{.options = head.at("options"),
                 .frequencies_hz = head.at("frequencies_hz").get<std::vector<double>>(),
                 .ticks = head.at("ticks"),
                 .pictures = {}};
  const spectra::Picture blank{.planes = signal_count(wanted.channels),
                               .height = wanted.picture_height,
                               .width = wanted.picture_width,
                               .indices = {}};
  const Json& starts_s = head.at("starts_s");
  if (head.at("planes") != blank.planes || head.at("height") != blank.height ||
      head.at("width") != blank.width || blank.height < 1 || blank.width < 1 || starts_s.empty() ||
      starts_s.size() > most_pictures(wanted, max_duration_s)) {
    throw Error("a child made other pictures than were asked for");
  }
  const auto height = static_cast<std::size_t>(blank.height);
  if (set.frequencies_hz.size() != height) throw Error("a child's pictures do not have an axis");
  const std::size_t size =
      static_cast<std::size_t>(blank.planes) * static_cast<std::size_t>(blank.width) * height;
  for (const Json& start : starts_s) {
    if (size > bytes.size() || size > bytes_left)
      throw Error("a child's pictures are not as long as it says");
    const auto* const first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    set.pictures.push_back({start.get<double>(), blank});
    set.pictures.back().picture.indices.assign(first, first + size);
    bytes.remove_prefix(size);
    bytes_left -= size;
  }
  return set;
}

}  // namespace

Json to_json(const DecodeRequest& request) {
  return {{"front_ends", request.front_ends},
          {"max_duration_s", request.max_duration_s},
          {"max_cpu_s", request.max_cpu_s},
          {"max_memory_bytes", request.max_memory_bytes},
          {"max_picture_bytes", request.max_picture_bytes}};
}

DecodeRequest decode_request_from_json(const Json& json) {
  DecodeRequest request;
  OptionReader reader(json, "request");
  if (const Json* front_ends = reader.find("front_ends"); front_ends != nullptr && front_ends->is_array()) {
    request.front_ends.assign(front_ends->begin(), front_ends->end());
  }
  reader.read("max_duration_s", request.max_duration_s);
  reader.read("max_cpu_s", request.max_cpu_s);
  reader.read("max_memory_bytes", request.max_memory_bytes);
  reader.read("max_picture_bytes", request.max_picture_bytes);
  reader.finish();
  return request;
}

std::string encode_answer(const DecodedUpload& upload) {
  Json sets = Json::array();
  for (const DecodedSet& set : upload.sets) {
    Json starts_s = Json::array();
    for (const spectra::SegmentPicture& picture : set.pictures) starts_s.push_back(picture.start_s);
    const spectra::Picture& first = set.pictures.front().picture;
    sets.push_back({{"options", set.options},
                    {"frequencies_hz", set.frequencies_hz},
                    {"ticks", set.ticks},
                    {"planes", first.planes},
                    {"height", first.height},
                    {"width", first.width},
                    {"starts_s", starts_s}});
  }
  std::string bytes = with_length({{"outcome", to_string(upload.outcome)},
                                   {"reason", upload.reason},
                                   {"duration_s", upload.duration_s},
                                   {"sets", sets}});
  for (const DecodedSet& set : upload.sets) {
    for (const spectra::SegmentPicture& segment : set.pictures) {
      bytes.append(reinterpret_cast<const char*>(segment.picture.indices.data()),
                   segment.picture.indices.size());
    }
  }
  return bytes;
}

std::string encode_answer(const DecodeRefusal& refusal) {
  return with_length({{"refused", {{"kind", refusal.kind}, {"message", refusal.message}}}});
}

DecodedUpload decode_answer(std::string_view bytes, const DecodeRequest& request) {
  std::size_t length = 0;
  const std::string_view digits = bytes.substr(0, kLengthDigits);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length, 16);
  if (digits.size() != kLengthDigits || error != std::errc() || end != digits.data() + digits.size() ||
      length > bytes.size() - kLengthDigits || length > kLongestHead) {
    throw Error("a child wrote no answer");
  }
  try {
    const Json head = parse_head(bytes.substr(kLengthDigits, length));
    if (head.contains("refused")) throw_refusal(head.at("refused"));
    DecodedUpload upload{.outcome = parse_outcome(head.at("outcome").get<std::string>()),
                         .reason = head.at("reason").get<std::string>(),
                         .duration_s = head.at("duration_s").get<double>(),
                         .sets = {}};
    std::string_view rest = bytes.substr(kLengthDigits + length);
    std::size_t bytes_left = request.max_picture_bytes;
    const Json& sets = head.at("sets");
    if (sets.size() != request.front_ends.size() || upload.outcome == Outcome::failed) {
      throw Error("a child made other pictures than were asked for");
    }
    for (std::size_t i = 0; i < sets.size(); ++i) {
      upload.sets.push_back(
          read_set(sets.at(i), request.front_ends[i], request.max_duration_s, rest, bytes_left));
    }
    if (!rest.empty()) throw Error("a child wrote more than it says");
    return upload;
  } catch (const Json::exception& error) {
    throw Error(std::string("a child's answer cannot be read: ") + error.what());
  }
}

}  // namespace gamut::server
