#include "gamut/tagging/explanation_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gamut/report/render_svg.h"

namespace gamut::tagging {
namespace {

using testing::HasSubstr;
using testing::Not;

class ExplanationPageTest : public testing::Test {
 protected:
  ExplanationPageTest() {
    card_.scale = "mel";
    card_.front_end.picture_height = card_.front_end.picture_width = 20;
    explanation_.genre = {"R&B", 0.93, 0.5, 0.64, true};
    explanation_.picture = {30, {1, 20, 20, std::vector<std::uint8_t>(400, 255)}};  // magma's lightest colour
    explanation_.length_s = 60;
    explanation_.heat.assign(400, 0);
    for (std::size_t column = 0; column < 20; ++column)
      explanation_.heat[column] = 1;  // the lowest frequency
  }

  ModelCard card_;
  Explanation explanation_;
  const std::optional<std::vector<Neighbour>> neighbours_{{{"a.mp3", "Nina", "Live", "Jazz", 0.875}}};
  const std::optional<std::vector<Neighbour>> no_neighbours_{std::vector<Neighbour>()};
};

TEST_F(ExplanationPageTest, HasScoreAxesAndNeighboursAndEscapesWhatSongsAreCalled) {
  const std::string svg = draw_explanation({"<script>.mp3", explanation_, card_, neighbours_});
  for (const char* words : {"&lt;script&gt;.mp3", "R&amp;B: score 0.93, threshold 0.64: given", "seconds",
                            ">5k<", ">40<", ">90<", "0.875", "a.mp3", "Nina", "Live"}) {
    EXPECT_THAT(svg, HasSubstr(words));
  }
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(svg, Not(HasSubstr(">110<")));  // after the end of the segment
  EXPECT_THAT(draw_explanation({"x", explanation_, card_, no_neighbours_}),
              HasSubstr("without its training songs"));
  EXPECT_THAT(draw_explanation({"x", explanation_, card_, std::nullopt}), Not(HasSubstr("training songs")));
  EXPECT_THAT(write_explanation({"x", explanation_, card_, no_neighbours_}),
              testing::StartsWith("<!DOCTYPE html>"));
}

TEST_F(ExplanationPageTest, LightsUpWhereTheHeatIs) {
  const RgbImage image = report::render_svg(draw_explanation({"x", explanation_, card_, neighbours_}), 1);
  ASSERT_EQ(image.width, 1040);
  const auto red = [&](int x, int y) {
    return image.pixels[static_cast<std::size_t>(3 * (y * image.width + x))];
  };
  EXPECT_GT(red(780, 96 + 435), 240);  // the lowest row of the right picture
  EXPECT_LT(red(780, 96 + 200), 130);  // grey above it
  EXPECT_GT(red(284, 96 + 200), 240);  // the left picture has no heat
  EXPECT_EQ(red(5, 5), 255);           // the page is white
}

}  // namespace
}  // namespace gamut::tagging
