#include "apps/server/decode_protocol.h"

#include <fmt/format.h>

#include <charconv>
#include <span>

#include "apps/server/http_error.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"

namespace gamut::server {
namespace {

constexpr std::size_t kLengthDigits = 8;
constexpr int kDeepestHead = 8;  // levels; writing it out again takes a call each

bool refuse_depth(int depth, Json::parse_event_t, const Json&) {
  if (depth > kDeepestHead) throw Error("a child's answer is nested too deeply");
  return true;
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

/// The pictures of one set, taken from the front of `bytes`.
DecodedSet read_set(const Json& head, std::string_view& bytes, std::size_t& bytes_left) {
  DecodedSet set{.options = head.at("options"),
                 .frequencies_hz = head.at("frequencies_hz").get<std::vector<double>>(),
                 .ticks = head.at("ticks"),
                 .pictures = {}};
  const auto planes = head.at("planes").get<std::size_t>();
  const auto height = head.at("height").get<std::size_t>();
  const auto width = head.at("width").get<std::size_t>();
  if (planes < 1 || planes > 2 || height < 1 || height > 4096 || width < 1 || width > 4096) {
    throw Error("a child's pictures have no possible shape");
  }
  const std::size_t size = planes * height * width;
  for (const Json& start : head.at("starts_s")) {
    if (size > bytes.size() || size > bytes_left)
      throw Error("a child's pictures are not as long as it says");
    const auto* const first = reinterpret_cast<const std::uint8_t*>(bytes.data());
    set.pictures.push_back({start.get<double>(),
                            {.planes = static_cast<int>(planes),
                             .height = static_cast<int>(height),
                             .width = static_cast<int>(width),
                             .indices = std::vector<std::uint8_t>(first, first + size)}});
    bytes.remove_prefix(size);
    bytes_left -= size;
  }
  if (set.pictures.empty()) throw Error("a child made no picture");
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
      length > bytes.size() - kLengthDigits) {
    throw Error("a child wrote no answer");
  }
  try {
    const Json head = Json::parse(bytes.substr(kLengthDigits, length), refuse_depth);
    if (head.contains("refused")) throw_refusal(head.at("refused"));
    DecodedUpload upload{.outcome = parse_outcome(head.at("outcome").get<std::string>()),
                         .reason = head.at("reason").get<std::string>(),
                         .duration_s = head.at("duration_s").get<double>(),
                         .sets = {}};
    std::string_view rest = bytes.substr(kLengthDigits + length);
    std::size_t bytes_left = request.max_picture_bytes;
    for (const Json& set : head.at("sets")) upload.sets.push_back(read_set(set, rest, bytes_left));
    if (upload.sets.size() != request.front_ends.size() || !rest.empty() ||
        upload.outcome == Outcome::failed) {
      throw Error("a child made other pictures than were asked for");
    }
    return upload;
  } catch (const Json::exception& error) {
    throw Error(std::string("a child's answer cannot be read: ") + error.what());
  }
}

}  // namespace gamut::server
