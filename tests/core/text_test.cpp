#include "gamut/core/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace gamut {
namespace {

TEST(Text, SplitListTrimsAndDropsEmptyParts) {
  EXPECT_THAT(split_list("a; b;;c ;", ';'), testing::ElementsAre("a", "b", "c"));
  EXPECT_TRUE(split_list("  ", ';').empty());
}

TEST(Text, SlugsAreSafeAndStayDifferent) {
  EXPECT_EQ(slug("New Age"), "new-age");
  EXPECT_EQ(slug("NEW AGE"), slug("New Age"));
  EXPECT_TRUE(slug("Hip-Hop").starts_with("hip-hop-"));
  EXPECT_NE(slug("Hip-Hop"), slug("Hip Hop"));
  EXPECT_NE(slug("New  Age"), slug("New Age"));
  EXPECT_NE(slug("-Rock"), slug("Rock"));
  EXPECT_TRUE(slug("R&B").starts_with("r-b-"));
  EXPECT_TRUE(slug("Industrial & Noise").starts_with("industrial-noise-"));
  EXPECT_NE(slug("R&B"), slug("R/B"));
  EXPECT_NE(slug("「」"), slug("『』"));
  EXPECT_EQ(slug("../..").find('/'), std::string::npos);
  EXPECT_EQ(slug("../..").find('.'), std::string::npos);
}

TEST(Text, NumbersReadBackTheSame) {
  for (const double value : {0.1, 1.0 / 3, 1e-300, 12345678.9, -0.0})
    EXPECT_EQ(std::stod(format_number(value)), value);
  EXPECT_EQ(format_number(std::nan("")), "nan");
  EXPECT_EQ(format_number(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(Text, JoinsWords) {
  EXPECT_EQ(join_words({}), "");
  EXPECT_EQ(join_words({"a"}), "a");
  EXPECT_EQ(join_words({"a", "b", "c"}), "a, b and c");
}

TEST(Text, PrintableEscapesControlCharactersOnly) {
  EXPECT_EQ(printable("a\nb\x01「"), "a\\nb\\x01「");
}

}  // namespace
}  // namespace gamut
