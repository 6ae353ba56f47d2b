#include "gamut/statistics/wilcoxon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <vector>

#include "gamut/core/random.h"
#include "gamut/statistics/ranks.h"
#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::HasSubstr;

using Sample = std::vector<double>;

/// By trying every sign of every rank, which is what the exact test stands for.
double p_by_enumeration(const Sample& differences) {
  Sample sizes;
  for (double each : differences) sizes.push_back(std::abs(each));
  const Sample ranks = rank(sizes).ranks;
  const auto distance = [&](auto is_positive) {
    double balance = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) balance += is_positive(i) ? ranks[i] : -ranks[i];
    return std::abs(balance);
  };
  const double observed = distance([&](std::size_t i) { return differences[i] > 0; });
  int as_far = 0;
  for (unsigned signs = 0; signs < 1u << ranks.size(); ++signs) {
    if (distance([&](std::size_t i) { return (signs >> i & 1) != 0; }) >= observed) ++as_far;
  }
  return as_far / std::ldexp(1.0, int(ranks.size()));
}

TEST(Wilcoxon, ExactPCountsEveryPatternOfSigns) {
  for (const Sample& sample :
       {Sample{1}, Sample{1, -2}, Sample{3, 1, 2, 4, 5}, Sample{3, -1, 2, -4, 5, 6, -7}}) {
    const WilcoxonTest test = wilcoxon_signed_rank(sample);
    EXPECT_EQ(test.method, WilcoxonMethod::exact);
    EXPECT_NEAR(test.p, p_by_enumeration(sample), 1e-12);
  }
}

TEST(Wilcoxon, ChosenExactCountsSharedRanksToo) {
  const Sample sample = {1, 1, -1, 2, 2, -3, 4, 4, 4};
  const WilcoxonTest test = wilcoxon_signed_rank(sample, WilcoxonMethod::exact);
  EXPECT_TRUE(test.ties);
  EXPECT_EQ(test.method, WilcoxonMethod::exact);
  EXPECT_NEAR(test.p, p_by_enumeration(sample), 1e-12);
}

TEST(Wilcoxon, AutomaticIsExactUpToFiftyPlainDifferences) {
  Sample sample;
  for (int i = 1; i <= 50; ++i) sample.push_back(i % 3 == 0 ? -i : i);
  EXPECT_EQ(wilcoxon_signed_rank(sample).method, WilcoxonMethod::exact);
  Sample longer = sample;
  longer.push_back(51);
  EXPECT_EQ(wilcoxon_signed_rank(longer).method, WilcoxonMethod::normal);
  Sample tied = sample;
  tied[0] = 2;
  EXPECT_EQ(wilcoxon_signed_rank(tied).method, WilcoxonMethod::normal);
  Sample with_zero = sample;
  with_zero[0] = 0;
  EXPECT_EQ(wilcoxon_signed_rank(with_zero).method, WilcoxonMethod::normal);
}

TEST(Wilcoxon, AutomaticIsExactForFewDifferencesWithTiesAndZeros) {
  const Sample tied = {1, 1, 2, 3, 4};
  const WilcoxonTest test = wilcoxon_signed_rank(tied);
  EXPECT_EQ(test.method, WilcoxonMethod::exact);
  EXPECT_EQ(test.p, 2 / 32.0);  // the normal approximation says 0.042
  EXPECT_EQ(wilcoxon_signed_rank(Sample{0, 1, 2, 3, 4, 5}).p, 2 / 32.0);
  EXPECT_EQ(wilcoxon_signed_rank(Sample(13, 1)).method, WilcoxonMethod::exact);
  EXPECT_EQ(wilcoxon_signed_rank(Sample(14, 1)).method, WilcoxonMethod::normal);
}

TEST(Wilcoxon, BothMethodsAgreeForManyDifferences) {
  Random random(3);
  Sample sample(1000);
  for (double& value : sample) value = random.normal() + 0.03;
  const double exact = wilcoxon_signed_rank(sample, WilcoxonMethod::exact).p;
  EXPECT_NEAR(wilcoxon_signed_rank(sample, WilcoxonMethod::normal).p, exact, 1e-3);
}

TEST(Wilcoxon, ZerosAreLeftOutBeforeRanking) {
  const WilcoxonTest test = wilcoxon_signed_rank(Sample{0, 2, 0, -1, 3});
  EXPECT_EQ(test.zeros, 2);
  EXPECT_EQ(test.n, 3);
  EXPECT_EQ(test.positive_ranks, 5);
  EXPECT_EQ(test.negative_ranks, 1);
  EXPECT_EQ(test.statistic, 1);
}

TEST(Wilcoxon, RankBiserialGoesFromMinusOneToOne) {
  EXPECT_EQ(wilcoxon_signed_rank(Sample{1, 2, 3}).rank_biserial, 1);
  EXPECT_EQ(wilcoxon_signed_rank(Sample{-1, -2, -3}).rank_biserial, -1);
  EXPECT_NEAR(wilcoxon_signed_rank(Sample{1, 2, -3}).rank_biserial, 0, 1e-15);
  EXPECT_NEAR(wilcoxon_signed_rank(Sample{4, 2, -3, 1}).rank_biserial, 4.0 / 10, 1e-15);
}

TEST(Wilcoxon, FivePercentOfNullSamplesFallBelowFivePercent) {
  int below = 0;
  Random random(11);
  for (int i = 0; i < 4000; ++i) {
    Sample sample(20);
    for (double& value : sample) value = random.normal();
    if (wilcoxon_signed_rank(sample).p < 0.05) ++below;
  }
  EXPECT_NEAR(below / 4000.0, 0.05, 0.011);  // three standard deviations
}

TEST(Wilcoxon, RefusesWhatHasNoRanks) {
  EXPECT_THAT(message_of([] { wilcoxon_signed_rank(Sample{0, 0}); }), HasSubstr("all 2 differences are 0"));
  EXPECT_THAT(message_of([] { wilcoxon_signed_rank(Sample{}); }), HasSubstr("at least 1"));
  EXPECT_THAT(message_of([] { wilcoxon_signed_rank(Sample{1, NAN}); }), HasSubstr("value 2 is nan"));
  EXPECT_THAT(message_of([] { wilcoxon_signed_rank(Sample(1001, 1), WilcoxonMethod::exact); }),
              HasSubstr("the exact p is found for up to 1000"));
  EXPECT_THAT(message_of([] { parse_wilcoxon_method("asymptotic"); }),
              HasSubstr("\"asymptotic\"; known are automatic, exact and normal"));
}

}  // namespace
}  // namespace gamut::statistics
