#include <gtest/gtest.h>

#include "gamut/audio/decode.h"
#include "gamut/core/json.h"
#include "gamut/core/npy.h"
#include "tests/support/compare_arrays.h"
#include "tests/support/test_data.h"

namespace gamut::test {
namespace {

// Tolerance: both use libsoxr's HQ recipe in float32, so only the order of sums differs; 1e-4 is far below 16
// bits' hearing.
TEST(DecoderGolden, SignalMatchesLibrosaLoad) {
  const std::filesystem::path clip = reference_directory() / "clip.flac";
  const std::filesystem::path expected_path = reference_directory() / "librosa" / "signal.npy";
  const std::filesystem::path info_path = reference_directory() / "librosa" / "info.json";
  GAMUT_REQUIRE_FILE(clip);
  GAMUT_REQUIRE_FILE(expected_path);
  GAMUT_REQUIRE_FILE(info_path);
  const Json info = load_json(info_path);
  const FloatArray expected = load_npy_float(expected_path);

  const audio::Recording actual = audio::decode(clip, {.sample_rate_hz = info.at("sr").get<double>()});
  EXPECT_EQ(actual.outcome, Outcome::ok) << actual.reason;
  EXPECT_TRUE(arrays_near(actual.signal(), {actual.signal().size()}, expected.values, expected.shape, 1e-4));
}

}  // namespace
}  // namespace gamut::test
