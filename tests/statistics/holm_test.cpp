#include "gamut/statistics/holm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Values = std::vector<double>;

TEST(Holm, MultipliesByTheTestsThatAreLeftAndNeverFalls) {
  EXPECT_THAT(holm(Values{0.03, 0.01, 0.02}), ElementsAre(DoubleEq(0.04), DoubleEq(0.03), DoubleEq(0.04)));
}

TEST(Holm, StopsAtOne) {
  EXPECT_THAT(holm(Values{0.9, 0.6, 0.7}), ElementsAre(1, 1, 1));
}

TEST(Holm, OneTestIsAsItWas) {
  EXPECT_THAT(holm(Values{0.04}), ElementsAre(0.04));
  EXPECT_THAT(holm(Values{}), IsEmpty());
}

TEST(Holm, TestsThatCouldNotBeMadeAreNoMembersOfTheFamily) {
  const std::vector<std::optional<double>> adjusted =
      holm(std::vector<std::optional<double>>{0.01, std::nullopt, 0.03});
  EXPECT_THAT(adjusted, ElementsAre(0.02, std::nullopt, 0.03));
}

TEST(Holm, RefusesWhatIsNoP) {
  EXPECT_THAT(message_of([] { holm(Values{0.1, NAN}); }), HasSubstr("p value 2 is nan"));
  EXPECT_THAT(message_of([] { holm(Values{1.5}); }), HasSubstr("p value 1 is 1.5"));
}

}  // namespace
}  // namespace gamut::statistics
