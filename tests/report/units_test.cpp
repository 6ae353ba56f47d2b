#include "gamut/report/units.h"

#include <gtest/gtest.h>

namespace gamut::report {
namespace {

TEST(Units, DurationTakesTheTwoLargestUnits) {
  EXPECT_EQ(duration(0.4), "0 s");
  EXPECT_EQ(duration(59.4), "59 s");
  EXPECT_EQ(duration(125), "2 min 5 s");
  EXPECT_EQ(duration(12000), "3 h 20 min");
}

TEST(Units, ByteCountKeepsOneDecimalAndNeverFourDigits) {
  EXPECT_EQ(byte_count(999), "999 bytes");
  EXPECT_EQ(byte_count(1000), "1.0 kB");
  EXPECT_EQ(byte_count(999'960), "1.0 MB");
  EXPECT_EQ(byte_count(58'750'128), "58.8 MB");
  EXPECT_EQ(byte_count(2'000'000'000'000'000), "2000.0 TB");
}

}  // namespace
}  // namespace gamut::report
