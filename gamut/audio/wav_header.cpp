#include "gamut/audio/wav_header.h"

#include <array>
#include <cstring>

extern "C" {
#include <libavutil/intreadwrite.h>
}

namespace gamut::audio {
namespace {

constexpr int kMaxChunks = 1000;
/// Programs that cannot go back to complete a header leave 0, or something near the limit of 31 or 32 bits.
constexpr std::int64_t kUnknownBytes = 0x7ffff000;

}  // namespace

std::int64_t wav_declared_bytes(const FileInput& input) {
  std::array<unsigned char, 12> head{};
  if (input.read_at(0, head) < head.size() || std::memcmp(head.data(), "RIFF", 4) != 0) return 0;
  std::int64_t position = 12;
  for (int n_chunks = 0; n_chunks < kMaxChunks; ++n_chunks) {
    std::array<unsigned char, 8> chunk{};
    if (input.read_at(position, chunk) < chunk.size()) return 0;
    const std::int64_t size = AV_RL32(chunk.data() + 4);
    if (std::memcmp(chunk.data(), "data", 4) == 0) return size < kUnknownBytes ? size : 0;
    position += 8 + size + size % 2;  // chunks start at even offsets
  }
  return 0;
}

}  // namespace gamut::audio
