#include "gamut/audio/mpeg_frame.h"

#include <gtest/gtest.h>

#include <array>

namespace gamut::audio {
namespace {

using Header = std::array<unsigned char, 4>;

TEST(MpegFrame, LengthOfEveryVersionAndLayer) {
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xfb, 0x90, 0x00}), 417);  // MPEG-1 III, 128 kbit/s, 44.1 kHz
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xfb, 0x92, 0x00}), 418);  // the same, padded
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xfb, 0xe4, 0x00}), 960);  // 320 kbit/s, 48 kHz
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xf3, 0x80, 0x00}), 208);  // MPEG-2 III, 64 kbit/s, 22.05 kHz
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xe3, 0x88, 0x00}), 576);  // MPEG-2.5 III, 64 kbit/s, 8 kHz
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xfd, 0x80, 0x00}), 417);  // MPEG-1 II, 128 kbit/s
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xff, 0xc0, 0x00}), 416);  // MPEG-1 I, 384 kbit/s: slots of 4 bytes
}

TEST(MpegFrame, FreeFormatHasNoLength) {
  EXPECT_EQ(mpeg_frame_bytes(Header{0xff, 0xfb, 0x00, 0x00}), 0);
}

TEST(MpegFrame, ForeignBytesAreNoFrame) {
  EXPECT_FALSE(mpeg_frame_bytes(Header{'T', 'A', 'G', ' '}));
  EXPECT_FALSE(mpeg_frame_bytes(Header{0xff, 0xfb, 0xf0, 0x00}));  // no such bit rate
  EXPECT_FALSE(mpeg_frame_bytes(Header{0xff, 0xfb, 0x9c, 0x00}));  // no such sampling rate
  EXPECT_FALSE(mpeg_frame_bytes(Header{0xff, 0xeb, 0x90, 0x00}));  // no such version
  EXPECT_FALSE(mpeg_frame_bytes(Header{0xff, 0xf9, 0x90, 0x00}));  // no such layer
  EXPECT_FALSE(mpeg_frame_bytes(std::array<unsigned char, 3>{0xff, 0xfb, 0x90}));
}

}  // namespace
}  // namespace gamut::audio
