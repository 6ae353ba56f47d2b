#include "gamut/experiment/gallery.h"

#include <gtest/gtest.h>

#include "gamut/core/files.h"
#include "gamut/core/png.h"
#include "gamut/core/random.h"
#include "gamut/report/gallery.h"
#include "tests/support/test_data.h"

namespace gamut::experiment {
namespace {

RgbImage decode(const std::string& png) {
  test::TemporaryDirectory directory;
  save_atomically(directory / "x.png", png);
  return load_png(directory / "x.png");
}

spectra::Picture noise(int planes) {
  spectra::Picture picture{.planes = planes, .height = 250, .width = 250, .indices = {}};
  Random random(7);
  for (int i = 0; i < planes * 250 * 250; ++i) {
    picture.indices.push_back(static_cast<std::uint8_t>(random.below(256)));
  }
  return picture;
}

TEST(Thumbnail, OfNoiseKeepsToTheLimit) {
  for (const int planes : {1, 2}) {
    const std::string png =
        make_thumbnail(noise(planes), spectra::ColourMap::magma, report::kGalleryPictureBytes);
    EXPECT_LE(png.size(), report::kGalleryPictureBytes);
    EXPECT_EQ(decode(png).height, planes * decode(png).width);
  }
}

TEST(Thumbnail, IsAsLargeAsItMayBe) {
  const spectra::Picture flat{
      .planes = 1, .height = 250, .width = 250, .indices = std::vector<std::uint8_t>(62'500, 99)};
  EXPECT_EQ(decode(make_thumbnail(flat, spectra::ColourMap::gray, 12'288)).width, 120);
  const spectra::Picture tiny{
      .planes = 1, .height = 5, .width = 3, .indices = std::vector<std::uint8_t>(15, 99)};
  EXPECT_EQ(decode(make_thumbnail(tiny, spectra::ColourMap::gray, 12'288)).width, 3);
}

TEST(Thumbnail, AveragesPixelsAndKeepsLowFrequenciesAtTheBottom) {
  spectra::Picture picture{.planes = 1, .height = 240, .width = 240, .indices = {}};
  for (int y = 0; y < 240; ++y) {
    for (int x = 0; x < 240; ++x) picture.indices.push_back(y < 2 ? (x % 2 == 0 ? 100 : 200) : 0);
  }
  const RgbImage image = decode(make_thumbnail(picture, spectra::ColourMap::gray, 12'288));
  const auto pixel = [&](int x, int y) {
    return image.pixels[static_cast<std::size_t>((y * image.width + x) * 3)];
  };
  EXPECT_EQ(pixel(0, 119), 150);
  EXPECT_EQ(pixel(60, 119), 150);
  EXPECT_EQ(pixel(0, 118), 0);
}

}  // namespace
}  // namespace gamut::experiment
