#include "gamut/report/render_svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"

namespace gamut::report {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(RenderSvg, DrawsOnWhiteAtTheScaleAskedFor) {
  const RgbImage image = render_svg(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="2" height="2" fill="#10f080"/></svg>)",
      3);
  ASSERT_EQ(image.width, 12);
  ASSERT_EQ(image.height, 6);
  const auto pixel = [&](int x, int y) {
    const auto* first = &image.pixels[static_cast<std::size_t>(3 * (y * image.width + x))];
    return std::vector<int>(first, first + 3);
  };
  EXPECT_THAT(pixel(2, 3), testing::ElementsAre(0x10, 0xf0, 0x80));
  EXPECT_THAT(pixel(9, 3), testing::ElementsAre(255, 255, 255));
}

TEST(RenderSvg, RefusesWhatIsNoDrawing) {
  EXPECT_THAT([] { render_svg("music", 1); }, ThrowsMessage<ParameterError>(HasSubstr("cannot be rendered")));
}

}  // namespace
}  // namespace gamut::report
