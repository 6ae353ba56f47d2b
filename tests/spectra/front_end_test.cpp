#include "gamut/spectra/front_end.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gamut/core/parallel.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/mel_filterbank.h"
#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

std::size_t loudest_row(const Matrix& power, std::size_t frame) {
  std::size_t loudest = 0;
  for (std::size_t r = 1; r < power.rows; ++r) {
    if (power(r, frame) > power(loudest, frame)) loudest = r;
  }
  return loudest;
}

std::vector<FrontEnd> make_front_ends(const std::vector<FrontEndOptions>& options) {
  std::vector<FrontEnd> front_ends;
  for (const FrontEndOptions& each : options) front_ends.emplace_back(each);
  return front_ends;
}

std::vector<std::vector<float>> one_signal(std::vector<float> signal) {
  return {std::move(signal)};
}

const std::vector<FrontEndOptions> kVaried = {
    {.scale = "linear"},
    {.scale = "mel"},
    {.scale = "linear-bands", .reduce = Reduce::mean},
    {.scale = "mel", .reduce = Reduce::mean, .n_fft = 1024, .hop_length = 256, .n_bands = 40},
    {.scale = "linear", .picture_width = 64, .picture_height = 48},
};

class EveryScale : public testing::TestWithParam<std::string> {
 protected:
  FrontEnd front_end() const { return FrontEnd({.scale = GetParam()}); }
};

TEST_P(EveryScale, HasTheShapesItSays) {
  const std::vector<float> signal = test::make_noise(10000);
  const std::size_t n_rows = GetParam() == "linear" ? 1025 : 128;
  for (ArrayKind kind : {ArrayKind::power, ArrayKind::db}) {
    const Matrix array = front_end().compute_array(signal, kind);
    EXPECT_EQ(array.rows, n_rows);
    EXPECT_EQ(array.columns, 20U);
  }
  const Matrix magnitude = front_end().compute_array(signal, ArrayKind::magnitude);
  EXPECT_EQ(magnitude.rows, 1025U);
  EXPECT_EQ(magnitude.columns, 20U);
  const Picture picture = front_end().compute_picture(signal);
  EXPECT_EQ(picture.indices.size(), 250U * 250);
}

TEST_P(EveryScale, TonePeaksInTheRowOfItsFrequency) {
  for (double frequency_hz : {440.0, 1500.0, 6000.0}) {
    const Matrix power = front_end().compute_array(test::make_tone(frequency_hz, 22050), ArrayKind::power);
    double expected_row = 0;
    if (GetParam() == "linear") expected_row = frequency_hz * 2048 / 22050;
    if (GetParam() == "linear-bands") expected_row = frequency_hz / 11025 * 127;
    if (GetParam() == "mel") expected_row = hz_to_mel(frequency_hz) / hz_to_mel(11025) * 129 - 1;
    EXPECT_NEAR(static_cast<double>(loudest_row(power, 20)), expected_row, 0.75) << frequency_hz << " Hz";
  }
}

TEST_P(EveryScale, ImpulseIsFlatWithinABandsWidth) {
  std::vector<float> signal(4096);
  signal[2048] = 1;
  const FrontEnd scale({.scale = GetParam(), .n_bands = 32, .mel_norm = MelNorm::none});
  const Matrix power = scale.compute_array(signal, ArrayKind::power);
  if (GetParam() == "mel") {  // its triangles grow with frequency: what is flat is the power a bin
    const Matrix filters = make_mel_filterbank(2048, 22050, {.n_mels = 32, .norm = MelNorm::none});
    for (std::size_t r = 0; r < power.rows; ++r) {
      double sum = 0;
      for (float weight : filters.row(r)) sum += weight;
      EXPECT_NEAR(power(r, 4), sum, 1e-5 * sum);
    }
  } else {
    for (std::size_t r = 0; r < power.rows; ++r) EXPECT_NEAR(power(r, 4), 1, 1e-5);
  }
}

TEST_P(EveryScale, SilenceIsDefined) {
  const std::vector<float> silence(30000);
  const float expected_db = GetParam() == "linear" ? -100.0F : 0.0F;
  const Matrix db = front_end().compute_array(silence, ArrayKind::db);
  EXPECT_TRUE(std::ranges::all_of(db.values, [&](float cell) { return cell == expected_db; }));
  for (Reduce reduce : {Reduce::nearest, Reduce::mean}) {
    const Picture picture = FrontEnd({.scale = GetParam(), .reduce = reduce}).compute_picture(silence);
    EXPECT_EQ(picture.indices, std::vector<std::uint8_t>(250 * 250, 0));
  }
}

TEST_P(EveryScale, OneSampleAndOneShortSignalHaveFinitePictures) {
  for (const std::vector<float>& signal : {std::vector<float>{0.25F}, test::make_noise(700)}) {
    const Matrix db = front_end().compute_array(signal, ArrayKind::db);
    EXPECT_EQ(db.columns, 1 + signal.size() / 512);
    EXPECT_TRUE(std::ranges::all_of(db.values, [](float cell) { return std::isfinite(cell); }));
    EXPECT_EQ(front_end().compute_picture(signal).indices.size(), 250U * 250);
  }
}

TEST_P(EveryScale, DecibelsAreThoseOfItsPower) {
  const std::vector<float> signal = test::make_noise(5000);
  const Matrix power = front_end().compute_array(signal, ArrayKind::power);
  PowerToDbOptions options;
  if (GetParam() != "linear") options.ref.reset();
  EXPECT_EQ(front_end().compute_array(signal, ArrayKind::db).values, power_to_db(power, options).values);
}

// A spectrogram held whole gives the picture that its frames gave on the way.
TEST_P(EveryScale, PictureIsThatOfItsDecibels) {
  const std::vector<float> signal = test::make_noise(60000);
  const Matrix db = front_end().compute_array(signal, ArrayKind::db);
  const Picture picture = front_end().compute_picture(signal);
  const auto [low, high] = std::minmax_element(db.values.begin(), db.values.end());
  for (std::size_t r = 0; r < 250; ++r) {
    for (std::size_t c = 0; c < 250; ++c) {
      const double row = std::floor((static_cast<double>(r) + 0.5) * static_cast<double>(db.rows) / 250);
      const double frame =
          std::ceil((static_cast<double>(c) + 0.5) * static_cast<double>(db.columns) / 250) - 1;
      const float cell = db(static_cast<std::size_t>(row), static_cast<std::size_t>(frame));
      const int expected = std::min(255, static_cast<int>(256 * (cell - *low) / (*high - *low)));
      ASSERT_NEAR(picture.indices[r * 250 + c], expected, 1) << "row " << r << ", column " << c;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Registered, EveryScale, testing::ValuesIn(scale_names()), [](const auto& info) {
  std::string name = info.param;
  std::erase(name, '-');
  return name;
});

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

TEST(FrontEnd, RefusesWhatIsNoSignal) {
  const FrontEnd front_end({});
  EXPECT_PARAMETER_ERROR(front_end.compute_picture({}), testing::HasSubstr("the signal is empty"));
  for (float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -1e20F}) {
    std::vector<float> signal(5000);
    signal[3210] = bad;
    signal[4000] = bad;
    const auto message =
        testing::AllOf(testing::HasSubstr("sample 3210 of the signal is "), testing::HasSubstr("first of 2"),
                       testing::HasSubstr("must be finite"));
    EXPECT_PARAMETER_ERROR(front_end.compute_picture(signal), message);
    EXPECT_PARAMETER_ERROR(front_end.compute_array(signal, ArrayKind::magnitude), message);
  }
}

TEST(FrontEnd, TheLoudestSignalAllowedStaysFinite) {
  const std::vector<float> signal(40000, 1e12F);
  for (const std::string& scale : scale_names()) {
    const FrontEnd front_end({.scale = scale, .n_fft = 65536, .mel_norm = MelNorm::none});
    const Matrix db = front_end.compute_array(signal, ArrayKind::db);
    EXPECT_TRUE(std::ranges::all_of(db.values, [](float cell) { return std::isfinite(cell); })) << scale;
  }
}

TEST(FrontEnd, RefusesBadOptions) {
  EXPECT_PARAMETER_ERROR(FrontEnd({.n_fft = 1}), testing::HasSubstr("n_fft is 1 samples"));
}

TEST(ComputePictures, GivesEachFrontEndItsOwnPicture) {
  const std::vector<float> signal = test::make_noise(40000);
  const std::vector<FrontEnd> front_ends = make_front_ends(kVaried);
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
  const std::vector<FrontEnd> front_ends = make_front_ends(kVaried);
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
