#include "gamut/spectra/front_end.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gamut/core/parallel.h"
#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

std::vector<FrontEnd> make_front_ends(const std::vector<FrontEndOptions>& options) {
  std::vector<FrontEnd> front_ends;
  for (const FrontEndOptions& each : options) front_ends.emplace_back(each);
  return front_ends;
}

std::vector<std::vector<float>> one_signal(std::vector<float> signal) {
  return {std::move(signal)};
}

// Every scale, and some with other options that share their STFT or have one of their own.
std::vector<FrontEndOptions> varied_options() {
  std::vector<FrontEndOptions> options = {
      {.scale = "linear-bands", .reduce = Reduce::mean},
      {.scale = "mel", .reduce = Reduce::mean, .n_fft = 1024, .hop_length = 256, .n_bands = 40},
      {.scale = "linear", .picture_width = 64, .picture_height = 48},
  };
  for (const std::string& scale : scale_names()) options.push_back({.scale = scale});
  return options;
}

TEST(FrontEnd, LoudnessDoesNotChangeThePicture) {
  std::vector<float> signal = test::make_noise(30000);
  const FrontEnd front_end({.scale = "mel"});
  const Picture before = front_end.compute_picture(signal);
  for (float& sample : signal) sample *= 0.25F;
  const Picture after = front_end.compute_picture(signal);
  for (std::size_t i = 0; i < before.indices.size(); ++i) {
    ASSERT_NEAR(after.indices[i], before.indices[i], 1)
        << "pixel " << i;  // a cell on the edge of two colours
  }
}

TEST(FrontEnd, RefusesBadOptions) {
  EXPECT_PARAMETER_ERROR(FrontEnd({.n_fft = 1}), testing::HasSubstr("n_fft is 1 samples"));
}

TEST(ComputePictures, GivesEachFrontEndItsOwnPicture) {
  const std::vector<float> signal = test::make_noise(40000);
  const std::vector<FrontEnd> front_ends = make_front_ends(varied_options());
  const std::vector<std::vector<SegmentPicture>> together = compute_pictures(front_ends, one_signal(signal));
  ASSERT_EQ(together.size(), front_ends.size());
  for (std::size_t i = 0; i < front_ends.size(); ++i) {
    ASSERT_EQ(together[i].size(), 1U);
    EXPECT_EQ(together[i].front().start_s, 0);
    EXPECT_EQ(together[i].front().picture, front_ends[i].compute_picture(signal)) << "front end " << i;
  }
}

TEST(ComputePictures, ParallelEqualsSerial) {
  constexpr std::size_t kSongs = 24;
  const std::vector<FrontEnd> front_ends = make_front_ends(varied_options());
  std::vector<std::vector<std::vector<SegmentPicture>>> serial(kSongs);
  std::vector<std::vector<std::vector<SegmentPicture>>> parallel(kSongs);
  const auto draw = [&](std::size_t song) {
    return compute_pictures(front_ends, one_signal(test::make_noise(3000 + 517 * song, song)));
  };
  for (std::size_t song = 0; song < kSongs; ++song) serial[song] = draw(song);
  parallel_for(kSongs, 4, [&](std::size_t song) { parallel[song] = draw(song); });
  EXPECT_EQ(parallel, serial);
}

TEST(ComputePictures, OfNoFrontEndsIsNothing) {
  EXPECT_TRUE(compute_pictures({}, one_signal({1})).empty());
}

TEST(ComputePictures, RefusesFrontEndsThatWantDifferentSignals) {
  EXPECT_PARAMETER_ERROR(
      compute_pictures(make_front_ends({{.scale = "mel"}, {.scale = "linear", .sample_rate_hz = 44100}}),
                       one_signal(std::vector<float>(100))),
      testing::HasSubstr("mel wants 22050 Hz and mono, linear wants 44100 Hz and mono"));
  EXPECT_PARAMETER_ERROR(compute_pictures(make_front_ends({{}, {.channels = Channels::side}}),
                                          one_signal(std::vector<float>(100))),
                         testing::HasSubstr("mono"));
}

}  // namespace
}  // namespace gamut::spectra
