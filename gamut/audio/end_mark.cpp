#include "gamut/audio/end_mark.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/intreadwrite.h>
}

namespace gamut::audio {
namespace {

using Bytes = std::span<const unsigned char>;

constexpr std::size_t kOggHeaderBytes = 27;
constexpr std::int64_t kOggTailBytes =
    1 << 20;  // a page has at most 65307 bytes; videos interleave other streams
constexpr unsigned char kOggLastPage = 0x04;

struct OggPage {
  std::uint32_t serial;
  std::int64_t position;  // of the last sample that ends in it, in the stream's time base; -1 where none does
  bool last;
};

/// The page at the start of `bytes`, if a whole one is there. RFC 3533, section 6.
std::optional<OggPage> parse_ogg_page(Bytes bytes) {
  if (bytes.size() < kOggHeaderBytes || std::memcmp(bytes.data(), "OggS\0", 5) != 0) return std::nullopt;
  std::size_t size = kOggHeaderBytes + bytes[26];
  if (bytes.size() < size) return std::nullopt;
  for (unsigned char segment : bytes.subspan(kOggHeaderBytes, bytes[26])) size += segment;
  if (bytes.size() < size) return std::nullopt;
  return OggPage{AV_RL32(bytes.data() + 14), static_cast<std::int64_t>(AV_RL64(bytes.data() + 6)),
                 (bytes[5] & kOggLastPage) != 0};
}

std::string missing_ogg_end(const AudioFile& file, double reached_s) {
  const std::int64_t start = std::max<std::int64_t>(0, file.input().size_bytes() - kOggTailBytes);
  std::vector<unsigned char> tail(static_cast<std::size_t>(file.input().size_bytes() - start));
  tail.resize(file.input().read_at(start, tail));
  // A lone stream may be a chain of recordings, each with a serial number of its own: then the last page
  // decides.
  const bool any_serial = file.is_only_audio();
  for (std::size_t offset = tail.size(); offset-- > 0;) {
    if (tail[offset] != 'O') continue;
    const std::optional<OggPage> page = parse_ogg_page(Bytes(tail).subspan(offset));
    if (!page) continue;
    const bool own_serial = page->serial == static_cast<std::uint32_t>(file.stream().id);
    if (!any_serial && !own_serial) continue;
    if (!page->last) return "its last Ogg page is not marked as the end of the stream";
    // The demuxer takes some damaged pages for the end of the file.
    const double end_s = static_cast<double>(page->position) * av_q2d(file.stream().time_base);
    if (own_serial && is_short(reached_s, end_s)) {
      return fmt::format("its audio breaks off, but its last Ogg page is at {:.2f} s", end_s);
    }
    return "";
  }
  return any_serial ? "it has no whole Ogg page near its end" : "";
}

constexpr int kMaxBoxes = 100000;

/// The file is a row of boxes, each with its size before it: ISO/IEC 14496-12, section 4.2.
std::string missing_mp4_end(const AudioFile& file) {
  const std::int64_t end = file.input().size_bytes();
  std::int64_t position = 0;
  for (int n_boxes = 0; n_boxes < kMaxBoxes; ++n_boxes) {
    std::array<unsigned char, 16> head{};
    if (file.input().read_at(position, head) < 8) return "";
    const std::string_view type(reinterpret_cast<const char*>(head.data()) + 4, 4);
    if (!std::ranges::all_of(type, [](unsigned char c) { return std::isprint(c) != 0; })) return "";
    auto size = static_cast<std::uint64_t>(AV_RB32(head.data()));
    if (size == 0) return "";  // reaches to the end, wherever that is
    if (size == 1) size = AV_RB64(head.data() + 8);
    if (size < 8) return "";
    const auto rest = static_cast<std::uint64_t>(end - position);
    if (size > rest) {
      // What follows the media may be padding or tags of players; its loss is none of ours.
      if (type != "mdat" && type != "moof" && type != "moov") return "";
      return fmt::format("its MP4 box '{}' is cut: {} of {} bytes are there", type, rest, size);
    }
    position += static_cast<std::int64_t>(size);
  }
  return "";
}

}  // namespace

bool is_short(double got_s, double expected_s) {
  return expected_s - got_s > 0.1 && expected_s - got_s > 0.01 * expected_s;
}

std::string missing_end_mark(const AudioFile& file, double reached_s) {
  if (file.is_container("ogg")) return missing_ogg_end(file, reached_s);
  if (file.is_container("mov")) return missing_mp4_end(file);
  return "";
}

}  // namespace gamut::audio
