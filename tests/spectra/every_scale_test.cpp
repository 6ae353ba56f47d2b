// What holds for every scale, on signals whose spectrum is known.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/spectra/auditory_scales.h"
#include "gamut/spectra/constant_q.h"
#include "gamut/spectra/decibels.h"
#include "gamut/spectra/front_end.h"
#include "gamut/spectra/mel_filterbank.h"
#include "gamut/spectra/scale.h"
#include "tests/spectra/expect_message.h"
#include "tests/spectra/signals.h"

namespace gamut::spectra {
namespace {

constexpr double kNyquistHz = 11025;

/// What is known of a scale with default options.
struct Facts {
  std::size_t n_rows = 128;
  /// The row, between two whole ones as a rule, in which a tone is loudest.
  std::function<double(double frequency_hz)> row_of;
  /// The power of a row in a frame centred on an impulse of 1.
  std::function<double(std::size_t row)> impulse_power;
  /// The power that is 0 dB; none: the largest.
  std::optional<double> reference_power;
  double impulse_tolerance = 1e-5;  ///< of its power
};

double one(std::size_t) {
  return 1;
}

double sum_of_mel_weights(std::size_t row) {
  static const Matrix filters = make_mel_filterbank(2048, 22050);
  double sum = 0;
  for (float weight : filters.row(row)) sum += weight;
  return sum;
}

// Bands 0 to 127 between edges: their centres are the inner 128 of 130 corners.
double row_between(double low, double high, double position) {
  return (position - low) / (high - low) * 129 - 1;
}

// A Hann window of L samples whose weights sum to 1 is 2 / L in its middle; times L, over the root of L. What
// the sparse filters leave out is a few per cent.
template <int kErb>
double constant_q_impulse_power(std::size_t row) {
  const double alpha = (std::exp2(1.0 / 6) - 1) / (std::exp2(1.0 / 6) + 1);
  const double gamma_hz = kErb * 24.7 * alpha / 0.108;
  const double frequency_hz = kC1Hz * std::exp2(static_cast<double>(row) / 12);
  return 4 * alpha * (frequency_hz + gamma_hz / alpha) / 22050;
}

const std::map<std::string, Facts> kFacts = {
    {"linear", {1025, [](double hz) { return hz * 2048 / 22050; }, one, 1}},
    {"mel",
     {128, [](double hz) { return row_between(0, hz_to_mel(kNyquistHz), hz_to_mel(hz)); }, sum_of_mel_weights,
      std::nullopt}},
    {"linear-bands", {128, [](double hz) { return hz / kNyquistHz * 127; }, one, std::nullopt}},
    {"log-frequency",
     {128, [](double hz) { return row_between(std::log2(kC1Hz), std::log2(kNyquistHz), std::log2(hz)); }, one,
      std::nullopt}},
    {"bark",
     {128, [](double hz) { return row_between(hz_to_bark(0), hz_to_bark(kNyquistHz), hz_to_bark(hz)); }, one,
      std::nullopt}},
    {"erb",
     {128, [](double hz) { return row_between(0, hz_to_erb_rate(kNyquistHz), hz_to_erb_rate(hz)); }, one,
      std::nullopt}},
    {"cqt",
     {84, [](double hz) { return 12 * std::log2(hz / kC1Hz); }, constant_q_impulse_power<0>, std::nullopt,
      0.05}},
    {"vqt",
     {84, [](double hz) { return 12 * std::log2(hz / kC1Hz); }, constant_q_impulse_power<1>, std::nullopt,
      0.1}},
};

bool all_finite(const Matrix& matrix) {
  return std::ranges::all_of(matrix.values, [](float cell) { return std::isfinite(cell); });
}

class EveryScale : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { ASSERT_TRUE(kFacts.contains(GetParam())) << "say in kFacts what it is to give"; }

  const Facts& facts() const { return kFacts.at(GetParam()); }
  FrontEnd front_end() const { return FrontEnd({.scale = GetParam()}); }
};

TEST_P(EveryScale, HasTheShapesItSays) {
  const std::vector<float> signal = test::make_noise(10000);
  for (ArrayKind kind : {ArrayKind::power, ArrayKind::db}) {
    const Matrix array = front_end().compute_array(signal, kind);
    EXPECT_EQ(array.rows, facts().n_rows);
    EXPECT_EQ(array.columns, 20U);
  }
  const Matrix magnitude = front_end().compute_array(signal, ArrayKind::magnitude);
  EXPECT_EQ(magnitude.rows, 1025U);
  EXPECT_EQ(magnitude.columns, 20U);
  const Picture picture = front_end().compute_picture(signal);
  EXPECT_EQ(picture.indices.size(), 250U * 250);
}

TEST_P(EveryScale, TonePeaksInTheRowOfItsFrequency) {
  for (double frequency_hz : {130.8, 440.0, 1500.0, 3520.0, 6000.0}) {
    const double expected_row = facts().row_of(frequency_hz);
    if (expected_row > static_cast<double>(facts().n_rows)) continue;  // above its highest row
    const Matrix power = front_end().compute_array(test::make_tone(frequency_hz, 22050), ArrayKind::power);
    EXPECT_NEAR(static_cast<double>(test::loudest_row(power, 20)), expected_row, 0.75)
        << frequency_hz << " Hz";
  }
}

TEST_P(EveryScale, RowsHaveTheFrequenciesOfTheirPlace) {
  const std::vector<double> frequencies_hz = front_end().scale().row_frequencies_hz();
  ASSERT_EQ(frequencies_hz.size(), facts().n_rows);
  for (std::size_t row = 0; row < frequencies_hz.size(); ++row) {
    EXPECT_NEAR(facts().row_of(frequencies_hz[row]), static_cast<double>(row), 1e-9) << "row " << row;
  }
}

TEST_P(EveryScale, ImpulseHasThePowerOfEachRow) {
  constexpr std::size_t kFrame = 40;
  std::vector<float> signal(80 * 512);
  signal[kFrame * 512] = 1;
  const Matrix power = front_end().compute_array(signal, ArrayKind::power);
  for (std::size_t row = 0; row < power.rows; ++row) {
    const double expected = facts().impulse_power(row);
    ASSERT_NEAR(power(row, kFrame), expected, facts().impulse_tolerance * expected) << "row " << row;
  }
}

TEST_P(EveryScale, PowerGrowsWithTheSquareOfTheSignal) {
  std::vector<float> signal = test::make_noise(20000);
  const Matrix before = front_end().compute_array(signal, ArrayKind::power);
  for (float& sample : signal) sample *= 4;
  const Matrix after = front_end().compute_array(signal, ArrayKind::power);
  for (std::size_t i = 0; i < before.values.size(); ++i) {
    ASSERT_NEAR(after.values[i], 16 * before.values[i], 1e-3 * before.values[i]) << "cell " << i;
  }
}

TEST_P(EveryScale, SilenceIsDefined) {
  const std::vector<float> silence(30000);
  const float expected_db = facts().reference_power ? -100.0F : 0.0F;
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
    EXPECT_TRUE(all_finite(db));
    EXPECT_EQ(front_end().compute_picture(signal).indices.size(), 250U * 250);
  }
}

TEST_P(EveryScale, TheLoudestSignalAllowedStaysFinite) {
  const FrontEnd longest({.scale = GetParam(), .n_fft = 65536, .mel_norm = MelNorm::none});
  EXPECT_TRUE(all_finite(longest.compute_array(std::vector<float>(40000, 1e12F), ArrayKind::db)));
}

TEST_P(EveryScale, RefusesWhatIsNoSignal) {
  EXPECT_PARAMETER_ERROR(front_end().compute_picture({}), testing::HasSubstr("the signal is empty"));
  for (float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                    -std::numeric_limits<float>::infinity(), -1e20F}) {
    std::vector<float> signal(5000);
    signal[3210] = bad;
    signal[4000] = bad;
    const auto message =
        testing::AllOf(testing::HasSubstr("sample 3210 of the signal is "), testing::HasSubstr("first of 2"),
                       testing::HasSubstr("must be finite"));
    EXPECT_PARAMETER_ERROR(front_end().compute_picture(signal), message);
    for (ArrayKind kind : {ArrayKind::magnitude, ArrayKind::power, ArrayKind::db}) {
      EXPECT_PARAMETER_ERROR(front_end().compute_array(signal, kind), message);
    }
  }
}

TEST_P(EveryScale, DecibelsAreThoseOfItsPower) {
  const std::vector<float> signal = test::make_noise(5000);
  const Matrix power = front_end().compute_array(signal, ArrayKind::power);
  EXPECT_EQ(front_end().compute_array(signal, ArrayKind::db).values,
            power_to_db(power, {.ref = facts().reference_power}).values);
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

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Registered, EveryScale, testing::ValuesIn(scale_names()), test_name);

// All at once, for the hour itself is 318 MB: three quarters of silence, then a tone to the end.
TEST(SlowEveryScale, DrawsAnHour) {
  constexpr std::size_t kSamples = 3600UL * 22050;
  constexpr double kToneHz = 1500;
  std::vector<std::vector<float>> signals(1);
  signals[0].resize(kSamples);
  const std::vector<float> tone = test::make_tone(kToneHz, kSamples / 4);
  std::ranges::copy(tone, signals[0].end() - kSamples / 4);
  std::vector<FrontEnd> front_ends;
  for (const std::string& scale : scale_names()) {
    front_ends.emplace_back(FrontEndOptions{.scale = scale, .reduce = Reduce::mean});
  }
  const std::vector<std::vector<SegmentPicture>> pictures = compute_pictures(front_ends, signals);
  for (std::size_t i = 0; i < front_ends.size(); ++i) {
    const std::string& scale = front_ends[i].options().scale;
    const Facts& facts = kFacts.at(scale);
    const double tone_row = (facts.row_of(kToneHz) + 0.5) / static_cast<double>(facts.n_rows) * 250;
    const Picture& picture = pictures.at(i).at(0).picture;
    for (std::size_t column : {0U, 100U, 186U, 189U, 220U, 249U}) {
      std::vector<int> indices;
      for (std::size_t row = 0; row < 250; ++row) indices.push_back(picture.indices[row * 250 + column]);
      const auto loudest = std::ranges::max_element(indices);
      if (column < 187) {
        EXPECT_EQ(*loudest, 0) << scale << ", column " << column;
      } else {
        EXPECT_GE(*loudest, 250) << scale << ", column " << column;
        EXPECT_NEAR(static_cast<double>(loudest - indices.begin()), tone_row, 3) << scale;
      }
    }
  }
}

}  // namespace
}  // namespace gamut::spectra
