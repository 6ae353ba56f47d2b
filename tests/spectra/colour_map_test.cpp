#include "gamut/spectra/colour_map.h"

#include <gtest/gtest.h>

#include <string>

#include "gamut/core/csv.h"
#include "tests/spectra/expect_message.h"
#include "tests/support/test_data.h"

namespace gamut::spectra {
namespace {

TEST(GoldenColourMap, MagmaIsMatplotlibs) {
  const auto path = gamut::test::reference_directory() / "magma.csv";
  GAMUT_REQUIRE_FILE(path);
  CsvReader csv(path);
  std::size_t n_rows = 0;
  while (csv.next()) {
    const auto& colour = colours(ColourMap::magma).at(std::stoul(csv["index"]));
    EXPECT_EQ(std::to_string(colour[0]), csv["red"]) << "index " << csv["index"];
    EXPECT_EQ(std::to_string(colour[1]), csv["green"]) << "index " << csv["index"];
    EXPECT_EQ(std::to_string(colour[2]), csv["blue"]) << "index " << csv["index"];
    ++n_rows;
  }
  EXPECT_EQ(n_rows, 256U);
}

TEST(ColourMap, GrayIsTheIndexItself) {
  const std::array<std::uint8_t, 3> expected{77, 77, 77};
  EXPECT_EQ(colours(ColourMap::gray)[77], expected);
}

TEST(ColourMap, PaintsLowFrequenciesAtTheBottom) {
  const RgbImage image = paint({.height = 2, .width = 1, .indices = {10, 200}}, ColourMap::gray);
  EXPECT_EQ(image.width, 1);
  EXPECT_EQ(image.height, 2);
  EXPECT_EQ(image.pixels, (std::vector<std::uint8_t>{200, 200, 200, 10, 10, 10}));
}

TEST(ColourMap, WordsRoundTripAndOthersAreRefused) {
  for (ColourMap map : {ColourMap::magma, ColourMap::gray}) EXPECT_EQ(parse_colour_map(to_string(map)), map);
  EXPECT_PARAMETER_ERROR(parse_colour_map("jet"), testing::HasSubstr("\"jet\"; known are magma and gray"));
}

}  // namespace
}  // namespace gamut::spectra
