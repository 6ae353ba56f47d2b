#include "gamut/spectra/picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "gamut/core/matrix.h"
#include "gamut/spectra/pixel_grid.h"
#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

Picture draw(const Matrix& power, const PictureOptions& options) {
  const auto maker = make_plane_maker(options, power.rows, power.columns);
  std::vector<float> frame(power.rows);
  for (std::size_t t = 0; t < power.columns; ++t) {
    for (std::size_t r = 0; r < power.rows; ++r) frame[r] = power(r, t);
    maker->add_frame(frame);
  }
  const PlaneMaker::Plane plane = maker->finish();
  return draw_picture(options, {&plane, 1});
}

Matrix matrix(std::size_t rows, std::size_t columns, std::vector<float> values) {
  Matrix result(rows, columns);
  result.values = std::move(values);
  return result;
}

TEST(PixelGrid, OnATieTheUpperRowAndTheEarlierFrameWin) {
  const PixelGrid half{4, 2};  // the centre of pixel 0 lies on the edge between cells 0 and 1
  EXPECT_EQ(half.row_under(0), 1U);
  EXPECT_EQ(half.row_under(1), 3U);
  EXPECT_EQ(half.frame_under(0), 0U);
  EXPECT_EQ(half.frame_under(1), 2U);
}

TEST(PixelGrid, WithoutTiesBothAxesShowTheSameCells) {
  const PixelGrid grid{9346, 251};
  for (std::size_t pixel = 0; pixel < 251; ++pixel) {
    if ((2 * pixel + 1) * 9346 % 502 == 0) continue;
    EXPECT_EQ(grid.row_under(pixel), grid.frame_under(pixel));
  }
}

TEST(PixelGrid, SharesOfAPixelSumToOne) {
  for (const PixelGrid grid :
       {PixelGrid{1025, 250}, PixelGrid{87, 250}, PixelGrid{250, 250}, PixelGrid{1, 7}}) {
    std::vector<double> sums(grid.pixels);
    std::vector<int> endings(grid.pixels);
    for (std::size_t cell = 0; cell < grid.cells; ++cell) {
      grid.spread(cell, [&](std::size_t pixel, double share) {
        EXPECT_GT(share, 0);
        sums.at(pixel) += share;
        endings.at(pixel) += grid.is_last(cell, pixel) ? 1 : 0;
      });
    }
    for (std::size_t pixel = 0; pixel < grid.pixels; ++pixel) {
      EXPECT_NEAR(sums[pixel], 1, 1e-12);
      EXPECT_EQ(endings[pixel], 1);
    }
  }
}

TEST(NearestPicture, ShowsCellsAndScalesByTheWholeArray) {
  // 2 rows and 3 frames on 2 x 1 pixels: only the middle frame is shown, but its neighbours set the range of
  // 40 dB.
  const Matrix power = matrix(2, 3, {1, 100, 10000, 1000, 1000, 1000});
  const Picture picture = draw(power, {.width = 1, .height = 2});
  EXPECT_EQ(picture.height, 2);
  EXPECT_EQ(picture.width, 1);
  EXPECT_EQ(picture.indices, (std::vector<std::uint8_t>{128, 192}));
}

TEST(NearestPicture, FloorIsTopDbBelowTheLoudest) {
  const Picture picture = draw(matrix(1, 3, {0, 0.1F, 1}), {.width = 3, .height = 1, .top_db = 20});
  EXPECT_EQ(picture.indices, (std::vector<std::uint8_t>{0, 128, 255}));
}

TEST(MeanPicture, AveragesPowerNotDecibels) {
  const Matrix power = matrix(1, 4, {1, 0, 0.05F, 0.05F});
  const Picture picture = draw(power, {.reduce = Reduce::mean, .width = 2, .height = 1, .top_db = 20});
  // Mean powers 0.5 and 0.05; the mean decibels, -50 and -13, would turn the picture round.
  EXPECT_EQ(picture.indices, (std::vector<std::uint8_t>{255, 0}));
}

TEST(MeanPicture, WeighsCellsByTheirShareOfThePixel) {
  // 3 frames on 2 pixels: the middle frame counts half in each. Means (2 * 1 + 4) / 3 = 2 and (4 + 2 * 0) / 3
  // = 4 / 3.
  const Matrix power = matrix(2, 3, {1, 4, 0, 200, 200, 200});
  const Picture picture = draw(power, {.reduce = Reduce::mean, .width = 2, .height = 2});
  const double range_db = 10 * std::log10(200 / (4.0 / 3));
  const auto expected = static_cast<std::uint8_t>(256 * 10 * std::log10(2 / (4.0 / 3)) / range_db);
  EXPECT_EQ(picture.indices, (std::vector<std::uint8_t>{expected, 0, 255, 255}));
}

TEST(Picture, BothRulesAgreeOnAnArrayOfThePicturesSize) {
  Matrix power(13, 17);
  for (std::size_t i = 0; i < power.values.size(); ++i) power.values[i] = static_cast<float>(1 + i * i % 97);
  const Picture nearest = draw(power, {.reduce = Reduce::nearest, .width = 17, .height = 13});
  const Picture mean = draw(power, {.reduce = Reduce::mean, .width = 17, .height = 13});
  for (std::size_t i = 0; i < nearest.indices.size(); ++i)
    EXPECT_NEAR(nearest.indices[i], mean.indices[i], 1) << i;
  EXPECT_EQ(*std::max_element(nearest.indices.begin(), nearest.indices.end()), 255);
  EXPECT_EQ(*std::min_element(nearest.indices.begin(), nearest.indices.end()), 0);
}

TEST(Picture, ConstantArrayIsIndexZero) {
  for (Reduce reduce : {Reduce::nearest, Reduce::mean}) {
    for (float power : {0.0F, 3.0F}) {
      const Picture picture =
          draw(matrix(2, 3, std::vector<float>(6, power)), {.reduce = reduce, .width = 5, .height = 4});
      EXPECT_EQ(picture.indices, std::vector<std::uint8_t>(20, 0));
    }
  }
}

TEST(Picture, OneCellFillsItAll) {
  for (Reduce reduce : {Reduce::nearest, Reduce::mean}) {
    EXPECT_EQ(draw(matrix(1, 1, {7}), {.reduce = reduce}).indices, std::vector<std::uint8_t>(250 * 250, 0));
  }
}

TEST(Picture, RefusesImpossibleShapes) {
  EXPECT_PARAMETER_ERROR(
      make_plane_maker({.width = 0}, 3, 4),
      testing::HasSubstr("0 x 250 pixels and 80 dB from 3 rows and 4 frames; all must be above 0"));
  EXPECT_PARAMETER_ERROR(make_plane_maker({}, 0, 4), testing::HasSubstr("0 rows"));
  EXPECT_PARAMETER_ERROR(make_plane_maker({.top_db = 0}, 3, 4), testing::HasSubstr("0 dB"));
}

TEST(ReduceWords, RoundTripAndRefuseOthers) {
  for (Reduce reduce : {Reduce::nearest, Reduce::mean}) EXPECT_EQ(parse_reduce(to_string(reduce)), reduce);
  EXPECT_PARAMETER_ERROR(parse_reduce("median"),
                         testing::HasSubstr("\"median\"; known are nearest and mean"));
}

}  // namespace
}  // namespace gamut::spectra
