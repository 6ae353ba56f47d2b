#include "gamut/core/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"

namespace gamut {
namespace {

TEST(Random, GivesTheSameNumbersEverywhere) {
  Random random(97);
  EXPECT_EQ(random.next(), 0x680965de9a52353f);
  EXPECT_EQ(random.next(), 0x481194d933a143d);
  Random stream(97, "split");
  EXPECT_EQ(stream.next(), 0x646cb70df9e05c38);
}

TEST(Random, BelowIsUniform) {
  Random random(1);
  std::vector<int> counts(7);
  for (int i = 0; i < 70000; ++i) ++counts[random.below(7)];
  for (int count : counts) EXPECT_NEAR(count, 10000, 500);
}

TEST(Random, NormalHasMeanZeroAndVarianceOne) {
  Random random(2);
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 100000;
  for (int i = 0; i < kDraws; ++i) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.02);
  EXPECT_NEAR(squares / kDraws, 1, 0.02);
}

TEST(Random, ShuffleKeepsEveryItem) {
  std::vector<int> items{1, 2, 3, 4, 5, 6, 7, 8};
  Random(3).shuffle(std::span(items));
  EXPECT_THAT(items, testing::UnorderedElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
  EXPECT_THAT(items, testing::Not(testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8)));
}

TEST(Parallel, DoesEveryIndexOnce) {
  for (const int jobs : {1, 2, 5}) {
    std::vector<int> done(1000);
    parallel_for(done.size(), jobs, [&](std::size_t i) { ++done[i]; });
    EXPECT_THAT(done, testing::Each(1));
  }
}

TEST(Parallel, RethrowsTheFirstFailureAndStartsNoNewIndex) {
  for (const int jobs : {1, 2, 5}) {
    std::vector<int> done(100);
    EXPECT_THROW(parallel_for(done.size(), jobs,
                              [&](std::size_t i) {
                                if (i == 10) throw FileError("full");
                                done[i] = 1;
                              }),
                 FileError);
    if (jobs == 1) {
      EXPECT_EQ(std::count(done.begin(), done.end(), 1), 10);
    }
  }
}

}  // namespace
}  // namespace gamut
