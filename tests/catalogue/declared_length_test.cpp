#include "gamut/catalogue/declared_length.h"

#include <gmock/gmock.h>

namespace gamut::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(DeclaredLengths, EmptyAndZeroSayNothing) {
  DeclaredLengths lengths;
  for (const char* field : {"", " ", "0", "0.0", "-0"}) {
    EXPECT_EQ(lengths.read(field, "a.csv", 2), std::nullopt) << field;
  }
  std::vector<std::string> warnings;
  lengths.warn(warnings);
  EXPECT_THAT(warnings, IsEmpty());
}

TEST(DeclaredLengths, WhatIsNoLengthIsPassedOverAndCounted) {
  DeclaredLengths lengths;
  EXPECT_EQ(lengths.read("217.5", "a.csv", 2), 217.5);
  EXPECT_EQ(lengths.read("1000000", "a.csv", 3), kLongestDeclaredS);
  for (const char* field : {"-3", "nan", "inf", "1e300", "1e999", "1000001", "3:45", "12\ns"}) {
    EXPECT_EQ(lengths.read(field, "a.csv", 4), std::nullopt) << field;
  }
  std::vector<std::string> warnings;
  lengths.warn(warnings);
  EXPECT_THAT(
      warnings,
      ElementsAre("8 declared lengths are no numbers of seconds above 0 and up to 1000000 and were left "
                  "out; the first is a.csv:4: \"-3\""));
}

TEST(DeclaredLengths, WithoutALineTheFileSaysItAll) {
  DeclaredLengths lengths;
  lengths.read("3\n4", "a.jams");
  std::vector<std::string> warnings;
  lengths.warn(warnings);
  EXPECT_THAT(warnings, ElementsAre(testing::EndsWith("the first is a.jams: \"3\\n4\"")));
}

}  // namespace
}  // namespace gamut::catalogue
