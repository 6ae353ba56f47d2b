#include "gamut/core/number.h"

#include <gtest/gtest.h>

namespace gamut {
namespace {

TEST(ParseFinite, TakesANumberThatFillsTheField) {
  EXPECT_EQ(parse_finite(" 217.5\r"), 217.5);
  EXPECT_EQ(parse_finite("-1e-3"), -0.001);
  EXPECT_EQ(parse_finite("0"), 0.0);
}

TEST(ParseFinite, NothingElseIsANumber) {
  for (const char* text : {"", " ", "3:45", "12 s", "1,5", "0x10", "nan", "inf", "-inf", "1e999", "\"1\""}) {
    EXPECT_FALSE(parse_finite(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace gamut
