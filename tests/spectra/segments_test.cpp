#include "gamut/spectra/segments.h"

#include <gtest/gtest.h>

#include "gamut/spectra/front_end.h"
#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

FrontEndOptions seconds(double segment_s, std::optional<double> hop_s = std::nullopt) {
  return {.sample_rate_hz = 1000, .segment_s = segment_s, .segment_hop_s = hop_s};
}

TEST(Segments, OfAWholeSongAreTheSong) {
  EXPECT_EQ(cut_segments({}, 12345), (std::vector<Segment>{{0, 12345}}));
}

TEST(Segments, FollowEachOtherAndLeaveTheRest) {
  EXPECT_EQ(cut_segments(seconds(3), 9999), (std::vector<Segment>{{0, 3000}, {3000, 3000}, {6000, 3000}}));
  EXPECT_EQ(cut_segments(seconds(3), 6000), (std::vector<Segment>{{0, 3000}, {3000, 3000}}));
}

TEST(Segments, MayOverlapOrLeaveGaps) {
  EXPECT_EQ(cut_segments(seconds(3, 1), 5000), (std::vector<Segment>{{0, 3000}, {1000, 3000}, {2000, 3000}}));
  EXPECT_EQ(cut_segments(seconds(1, 3), 5000), (std::vector<Segment>{{0, 1000}, {3000, 1000}}));
}

TEST(Segments, OfAShortSongAreTheSong) {
  EXPECT_EQ(cut_segments(seconds(3), 2999), (std::vector<Segment>{{0, 2999}}));
  EXPECT_EQ(cut_segments(seconds(3), 1), (std::vector<Segment>{{0, 1}}));
}

TEST(ComputePictures, DrawsEachSegmentAsASignalOfItsOwn) {
  const std::vector<float> song = test::make_noise(50000);
  std::vector<FrontEnd> front_ends;
  front_ends.emplace_back(FrontEndOptions{.scale = "mel", .segment_s = 1, .segment_hop_s = 0.5});
  front_ends.emplace_back(FrontEndOptions{.scale = "linear"});
  const auto pictures = compute_pictures(front_ends, std::vector<std::vector<float>>{song});
  ASSERT_EQ(pictures[0].size(), 3U);
  ASSERT_EQ(pictures[1].size(), 1U);
  const FrontEnd whole({.scale = "mel"});
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(pictures[0][i].start_s, 0.5 * static_cast<double>(i));
    EXPECT_EQ(pictures[0][i].picture, whole.compute_picture(std::span(song).subspan(11025 * i, 22050)));
  }
}

TEST(ComputePictures, OfStereoHaveTwoPlanesWithOneRange) {
  const std::vector<float> left = test::make_noise(30000, 1);
  std::vector<float> right = test::make_noise(30000, 2);
  for (float& sample : right) sample *= 0.01F;
  for (Reduce reduce : {Reduce::nearest, Reduce::mean}) {
    std::vector<FrontEnd> stereo;
    stereo.emplace_back(FrontEndOptions{.reduce = reduce, .channels = Channels::stereo});
    const Picture picture = compute_pictures(stereo, std::vector{left, right}).front().front().picture;
    ASSERT_EQ(picture.planes, 2);
    ASSERT_EQ(picture.indices.size(), 2U * 250 * 250);
    // 40 dB between the channels on a range of some 80 dB at most: even the loudest of the right is dark.
    const auto middle = picture.indices.begin() + 250 * 250;
    EXPECT_EQ(*std::max_element(picture.indices.begin(), middle), 255);
    EXPECT_LT(*std::max_element(middle, picture.indices.end()), 180);
  }
}

TEST(ComputePictures, OfStereoNeedTwoSignalsOfOneLength) {
  std::vector<FrontEnd> stereo;
  stereo.emplace_back(FrontEndOptions{.channels = Channels::stereo});
  const std::vector<float> signal(100);
  EXPECT_PARAMETER_ERROR(compute_pictures(stereo, std::vector<std::vector<float>>{signal}),
                         testing::HasSubstr("stereo pictures need 2 signals of one length, not 1"));
  EXPECT_PARAMETER_ERROR(compute_pictures(stereo, std::vector{signal, std::vector<float>(99)}),
                         testing::HasSubstr("of one length"));
}

TEST(ComputePictures, HaveTheBytesThatWereCounted) {
  const std::vector<float> left = test::make_noise(50000, 1);
  const std::vector<float> right = test::make_noise(50000, 2);
  std::vector<FrontEnd> front_ends;
  front_ends.emplace_back(
      FrontEndOptions{.scale = "mel", .channels = Channels::stereo, .segment_s = 1, .segment_hop_s = 0.5});
  front_ends.emplace_back(
      FrontEndOptions{.channels = Channels::stereo, .picture_width = 64, .picture_height = 48});
  std::size_t bytes = 0;
  for (const auto& segments : compute_pictures(front_ends, std::vector{left, right})) {
    for (const SegmentPicture& segment : segments) bytes += segment.picture.indices.size();
  }
  EXPECT_EQ(count_picture_bytes(front_ends, left.size()), bytes);
  EXPECT_EQ(bytes, 3U * 2 * 250 * 250 + 2 * 64 * 48);
}

}  // namespace
}  // namespace gamut::spectra
