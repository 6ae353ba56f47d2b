#include "gamut/experiment/cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gamut::experiment {
namespace {

TEST(StageClock, StagesKeepTheirOrder) {
  StageClock clock;
  clock.finish("pictures");
  clock.finish("training");
  ASSERT_EQ(clock.stages().size(), 2U);
  EXPECT_EQ(clock.stages()[0].first, "pictures");
  EXPECT_EQ(clock.stages()[1].first, "training");
  EXPECT_GE(clock.stages()[1].second, 0);
}

TEST(PeakMemory, CountsWhatWasTouchedInBytes) {
  const std::vector<char> touched(700'000'000, 'x');
  const volatile char kept = touched.back();
  EXPECT_EQ(kept, 'x');
  EXPECT_GE(peak_memory_bytes(), 700'000'000U);
  EXPECT_LT(peak_memory_bytes(), 100'000'000'000U);
}

}  // namespace
}  // namespace gamut::experiment
