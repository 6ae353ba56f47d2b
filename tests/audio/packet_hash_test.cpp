#include "gamut/audio/packet_hash.h"

#include <gtest/gtest.h>

#include <vector>

#include "gamut/audio/encode.h"
#include "gamut/core/error.h"
#include "tests/support/test_data.h"

namespace gamut::audio {
namespace {

TEST(PacketHash, IsTheAudiosAndNotTheTags) {
  const gamut::test::TemporaryDirectory folder;
  for (const char* extension : {".mp3", ".m4a", ".flac", ".wav"}) {
    const auto file = [&](const std::string& name) { return folder / (name + extension); };
    std::vector<float> samples(4000, 0.25F);
    encode(file("a"), samples, 22050, {.title = "One"});
    encode(file("b"), samples, 22050, {.title = "Another", .artist = "Somebody", .genre = "Dub"});
    samples[2000] = -0.5F;
    encode(file("c"), samples, 22050, {.title = "One"});
    EXPECT_EQ(hash_packets(file("a")), hash_packets(file("b"))) << extension;
    EXPECT_NE(hash_packets(file("a")), hash_packets(file("c"))) << extension;
  }
  EXPECT_THROW(hash_packets(folder / "absent.flac"), DecodeError);
}

}  // namespace
}  // namespace gamut::audio
