// The whole front end against librosa 0.10.2 and matplotlib, on the signal that librosa itself decoded.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/npy.h"
#include "gamut/core/png.h"
#include "gamut/spectra/colour_map.h"
#include "gamut/spectra/front_end.h"
#include "gamut/spectra/mel_filterbank.h"
#include "gamut/spectra/mfcc.h"
#include "tests/support/compare_arrays.h"
#include "tests/support/test_data.h"

namespace gamut::spectra {
namespace {

using gamut::test::arrays_near;
using gamut::test::largest_magnitude;

// Floats of either side add up in another order; dB near the floor magnify that.
constexpr double kRelativeTolerance = 1e-4;
constexpr double kDbTolerance = 0.02;
constexpr double kMfccTolerance = 1e-3;  // of the range of the coefficients

std::filesystem::path reference(const std::string& name) {
  return gamut::test::reference_directory() / "librosa" / name;
}

FrontEndOptions reference_options(const std::string& scale, Reduce reduce = Reduce::nearest) {
  const Json info = load_json(reference("info.json"));
  FrontEndOptions options{.scale = scale, .reduce = reduce};
  options.sample_rate_hz = info.at("sr").get<double>();
  options.n_fft = info.at("n_fft").get<int>();
  options.hop_length = info.at("hop").get<int>();
  options.n_bands = info.at("n_mels").get<int>();
  if (!info.at("fmax").is_null()) options.fmax_hz = info.at("fmax").get<double>();
  return options;
}

std::vector<float> reference_signal() {
  return load_npy_float(reference("signal.npy")).values;
}

void expect_near_relative(const Matrix& actual, const FloatArray& expected) {
  EXPECT_TRUE(arrays_near(actual.values, {actual.rows, actual.columns}, expected.values, expected.shape,
                          kRelativeTolerance * largest_magnitude(expected.values)));
}

void expect_array(const FrontEndOptions& options, ArrayKind kind, const std::string& name) {
  const Matrix actual = FrontEnd(options).compute_array(reference_signal(), kind);
  const FloatArray expected = load_npy_float(reference(name));
  if (kind == ArrayKind::db) {
    EXPECT_TRUE(arrays_near(actual.values, {actual.rows, actual.columns}, expected.values, expected.shape,
                            kDbTolerance));
  } else {
    expect_near_relative(actual, expected);
  }
}

// Index arrays lie in Fortran order as NumPy's transposed products do; ours is C order.
Picture load_indices(const std::string& name) {
  std::string file = load_text(reference(name));
  constexpr std::string_view kFortran = "'fortran_order': True, ";
  const std::size_t at = file.find(kFortran);
  if (at != std::string::npos) file.replace(at, kFortran.size(), "'fortran_order': False,");
  const NpyHeader header = parse_npy_header(std::as_bytes(std::span(file)), reference(name));
  if (header.type != "|u1" || header.shape.size() != 2) throw FileError(name + " is not a matrix of bytes");
  const std::size_t height = header.shape[0];
  const std::size_t width = header.shape[1];
  Picture picture{1, static_cast<int>(height), static_cast<int>(width), {}};
  for (std::size_t i = 0; i < height * width; ++i) {
    const std::size_t source = at == std::string::npos ? i : i % width * height + i / width;
    picture.indices.push_back(static_cast<std::uint8_t>(file.at(header.data_offset + source)));
  }
  return picture;
}

// At least 99.5 % of the colours equal and none off by more than one.
void expect_indices(const FrontEndOptions& options, const std::string& name) {
  const Picture expected = load_indices(name);
  FrontEndOptions sized = options;
  sized.picture_height = expected.height;
  sized.picture_width = expected.width;
  const Picture picture = FrontEnd(sized).compute_picture(reference_signal());
  ASSERT_EQ(picture.indices.size(), expected.indices.size());
  std::size_t n_different = 0;
  for (std::size_t i = 0; i < expected.indices.size(); ++i) {
    const int difference = std::abs(int{picture.indices[i]} - int{expected.indices[i]});
    ASSERT_LE(difference, 1) << "at pixel " << i;
    n_different += difference != 0 ? 1U : 0U;
  }
  EXPECT_LE(static_cast<double>(n_different), 0.005 * static_cast<double>(expected.indices.size()));
}

// The pixels of matplotlib's image, without the black frame that it draws around them.
void expect_png(const FrontEndOptions& options, const std::string& name) {
  const RgbImage expected = load_png(reference(name));
  FrontEndOptions sized = options;
  sized.picture_height = expected.height;
  sized.picture_width = expected.width;
  const RgbImage actual = paint(FrontEnd(sized).compute_picture(reference_signal()));
  ASSERT_EQ(actual.pixels.size(), expected.pixels.size());
  const Colours& table = colours(ColourMap::magma);
  const auto index_of = [&](const RgbImage& image, int x, int y) {
    const std::size_t at = static_cast<std::size_t>(y * image.width + x) * 3;
    const std::array<std::uint8_t, 3> colour{image.pixels[at], image.pixels[at + 1], image.pixels[at + 2]};
    return std::find(table.begin(), table.end(), colour) - table.begin();
  };
  std::size_t n_different = 0;
  std::size_t n_pixels = 0;
  for (int y = 2; y < expected.height - 1; ++y) {
    for (int x = 2; x < expected.width - 1; ++x) {
      const auto expected_index = index_of(expected, x, y);
      const auto actual_index = index_of(actual, x, y);
      ASSERT_LT(expected_index, 256) << "not a colour of magma at " << x << ", " << y;
      ASSERT_LE(std::abs(actual_index - expected_index), 1) << "at " << x << ", " << y;
      n_different += actual_index != expected_index ? 1U : 0U;
      ++n_pixels;
    }
  }
  EXPECT_LE(static_cast<double>(n_different), 0.005 * static_cast<double>(n_pixels));
}

class GoldenSpectra : public testing::Test {
 protected:
  // Skips the test where the reference set lacks a file it needs.
  void require(const std::string& name) {
    for (const std::string& file : {std::string("info.json"), std::string("signal.npy"), name}) {
      GAMUT_REQUIRE_FILE(reference(file));
    }
  }
};

#define REQUIRE_REFERENCE(name) \
  require(name);                \
  if (IsSkipped()) return

TEST_F(GoldenSpectra, StftMagnitude) {
  REQUIRE_REFERENCE("stft_magnitude.npy");
  expect_array(reference_options("linear"), ArrayKind::magnitude, "stft_magnitude.npy");
}

TEST_F(GoldenSpectra, LinearDb) {
  REQUIRE_REFERENCE("linear_db.npy");
  expect_array(reference_options("linear"), ArrayKind::db, "linear_db.npy");
}

TEST_F(GoldenSpectra, MelPower) {
  REQUIRE_REFERENCE("mel_power.npy");
  expect_array(reference_options("mel"), ArrayKind::power, "mel_power.npy");
}

TEST_F(GoldenSpectra, MelDb) {
  REQUIRE_REFERENCE("mel_db.npy");
  expect_array(reference_options("mel"), ArrayKind::db, "mel_db.npy");
}

TEST_F(GoldenSpectra, MelHtkPower) {
  REQUIRE_REFERENCE("mel_htk_power.npy");
  FrontEndOptions options = reference_options("mel");
  options.mel_formula = MelFormula::htk;
  expect_array(options, ArrayKind::power, "mel_htk_power.npy");
}

TEST_F(GoldenSpectra, Mfcc) {
  REQUIRE_REFERENCE("mfcc20.npy");
  const Matrix actual = compute_mfcc(FrontEnd(reference_options("mel")), reference_signal());
  const FloatArray expected = load_npy_float(reference("mfcc20.npy"));
  const auto [low, high] = std::ranges::minmax(expected.values);
  EXPECT_TRUE(arrays_near(actual.values, {actual.rows, actual.columns}, expected.values, expected.shape,
                          kMfccTolerance * (high - low)));
}

TEST_F(GoldenSpectra, LinearBandsPower) {
  REQUIRE_REFERENCE("linear_bands_power.npy");
  expect_array(reference_options("linear-bands"), ArrayKind::power, "linear_bands_power.npy");
}

TEST_F(GoldenSpectra, LinearBandsDb) {
  REQUIRE_REFERENCE("linear_bands_db.npy");
  expect_array(reference_options("linear-bands"), ArrayKind::db, "linear_bands_db.npy");
}

FrontEndOptions constant_q_options(const std::string& scale) {
  const Json info = load_json(reference("info.json"));
  FrontEndOptions options{.scale = scale};
  options.sample_rate_hz = info.at("sr").get<double>();
  options.hop_length = info.at("hop").get<int>();
  return options;
}

TEST_F(GoldenSpectra, CqtMagnitude) {
  REQUIRE_REFERENCE("cqt_magnitude.npy");
  Matrix magnitude = FrontEnd(constant_q_options("cqt")).compute_array(reference_signal(), ArrayKind::power);
  for (float& cell : magnitude.values) cell = std::sqrt(cell);
  expect_near_relative(magnitude, load_npy_float(reference("cqt_magnitude.npy")));
}

TEST_F(GoldenSpectra, CqtDb) {
  REQUIRE_REFERENCE("cqt_db.npy");
  expect_array(constant_q_options("cqt"), ArrayKind::db, "cqt_db.npy");
}

TEST_F(GoldenSpectra, LinearNearestIndex) {
  REQUIRE_REFERENCE("linear_nearest_index.npy");
  expect_indices(reference_options("linear"), "linear_nearest_index.npy");
}

TEST_F(GoldenSpectra, MelNearestIndex) {
  REQUIRE_REFERENCE("mel_nearest_index.npy");
  expect_indices(reference_options("mel"), "mel_nearest_index.npy");
}

TEST_F(GoldenSpectra, LinearMeanIndex) {
  REQUIRE_REFERENCE("linear_mean_index.npy");
  expect_indices(reference_options("linear", Reduce::mean), "linear_mean_index.npy");
}

TEST_F(GoldenSpectra, MelMeanIndex) {
  REQUIRE_REFERENCE("mel_mean_index.npy");
  expect_indices(reference_options("mel", Reduce::mean), "mel_mean_index.npy");
}

TEST_F(GoldenSpectra, LinearBandsMeanIndex) {
  REQUIRE_REFERENCE("linear_bands_mean_index.npy");
  expect_indices(reference_options("linear-bands", Reduce::mean), "linear_bands_mean_index.npy");
}

TEST_F(GoldenSpectra, LinearPicture) {
  REQUIRE_REFERENCE("linear_picture.png");
  expect_png(reference_options("linear"), "linear_picture.png");
}

TEST_F(GoldenSpectra, MelPicture) {
  REQUIRE_REFERENCE("mel_picture.png");
  expect_png(reference_options("mel"), "mel_picture.png");
}

void expect_filters(MelFormula formula, const std::string& name) {
  const FrontEndOptions options = reference_options("mel");
  const Matrix filters =
      make_mel_filterbank(options.n_fft, options.sample_rate_hz,
                          {.n_mels = *options.n_bands, .fmax_hz = options.fmax_hz, .formula = formula});
  const FloatArray expected = load_npy_float(reference(name));
  // The same arithmetic in the same order: only the last bit of a float may differ.
  EXPECT_TRUE(arrays_near(filters.values, {filters.rows, filters.columns}, expected.values, expected.shape,
                          2e-7 * largest_magnitude(expected.values)));
}

TEST_F(GoldenSpectra, MelFilters) {
  REQUIRE_REFERENCE("mel_filters.npy");
  expect_filters(MelFormula::slaney, "mel_filters.npy");
}

TEST_F(GoldenSpectra, MelFiltersHtk) {
  REQUIRE_REFERENCE("mel_filters_htk.npy");
  expect_filters(MelFormula::htk, "mel_filters_htk.npy");
}

}  // namespace
}  // namespace gamut::spectra
