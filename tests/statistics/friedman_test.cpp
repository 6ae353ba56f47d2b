#include "gamut/statistics/friedman.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;

using Blocks = std::vector<std::vector<double>>;

TEST(Friedman, FollowsItsDefinition) {
  // Ranks from the top: 3 2 1, 3 1 2, 2 3 1, 3 2 1.
  const FriedmanTest test = friedman(Blocks{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {1, 2, 3}});
  EXPECT_THAT(test.mean_ranks, ElementsAre(DoubleEq(11.0 / 4), DoubleEq(8.0 / 4), DoubleEq(5.0 / 4)));
  EXPECT_NEAR(test.statistic, 12.0 / (4 * 3 * 4) * (121 + 64 + 25) - 3 * 4 * 4, 1e-12);
  EXPECT_EQ(test.df, 2);
  EXPECT_NEAR(test.p, std::exp(-test.statistic / 2), 1e-12);  // chi-square of 2 degrees of freedom
  EXPECT_NEAR(test.iman_davenport, 3 * test.statistic / (4 * 2 - test.statistic), 1e-12);
  EXPECT_EQ(test.df_numerator, 2);
  EXPECT_EQ(test.df_denominator, 6);
  // F of 2 and m degrees of freedom has the closed form (1 + 2 f / m)^(-m / 2).
  EXPECT_NEAR(test.iman_davenport_p, std::pow(1 + 2 * test.iman_davenport / 6, -3), 1e-12);
}

TEST(Friedman, TiesAreCorrectedFor) {
  // scipy 1.10.1: friedmanchisquare([1, 2, 3, 4], [1, 3, 3, 5], [2, 1, 4, 7])
  const FriedmanTest test = friedman(Blocks{{1, 1, 2}, {2, 3, 1}, {3, 3, 4}, {4, 5, 7}});
  EXPECT_NEAR(test.statistic, 2.2857142857142856, 1e-9);
  EXPECT_NEAR(test.p, 0.3189065573239704, 1e-9);
}

/// Ranks within a block, from the lowest value; ties share.
std::vector<double> ranks_of(const std::vector<double>& block) {
  std::vector<double> ranks;
  for (double value : block) {
    const auto below = std::count_if(block.begin(), block.end(), [&](double each) { return each < value; });
    const auto equal = std::count(block.begin(), block.end(), value);
    ranks.push_back(double(below) + double(equal + 1) / 2);
  }
  return ranks;
}

double sum_of_squares(const Blocks& ranks) {
  double total = 0;
  for (std::size_t condition = 0; condition < ranks[0].size(); ++condition) {
    double sum = 0;
    for (const std::vector<double>& block : ranks) sum += block[condition];
    total += sum * sum;
  }
  return total;
}

/// By trying every order of every block, which is what the exact test stands for.
double p_by_enumeration(const Blocks& blocks) {
  Blocks ranks;
  std::vector<std::vector<std::size_t>> order;
  for (const std::vector<double>& block : blocks) {
    ranks.push_back(ranks_of(block));
    order.emplace_back(block.size());
    std::iota(order.back().begin(), order.back().end(), std::size_t{0});
  }
  const double observed = sum_of_squares(ranks);
  int orders = 0;
  int as_far = 0;
  for (bool more = true; more;) {
    Blocks tried = ranks;
    for (std::size_t b = 0; b < ranks.size(); ++b) {
      for (std::size_t c = 0; c < ranks[b].size(); ++c) tried[b][c] = ranks[b][order[b][c]];
    }
    ++orders;
    if (sum_of_squares(tried) >= observed - 1e-9) ++as_far;
    more = std::any_of(order.begin(), order.end(),
                       [](auto& each) { return std::next_permutation(each.begin(), each.end()); });
  }
  return double(as_far) / orders;
}

TEST(Friedman, ExactPCountsEveryArrangementOfTheRanks) {
  for (const Blocks& blocks :
       {Blocks{{1, 2, 3}, {1, 2, 3}}, Blocks{{1, 2, 3}, {1, 2, 3}, {2, 1, 3}},
        Blocks{{1, 2, 3}, {1, 2, 3}, {2, 1, 3}, {1, 3, 2}},
        Blocks{{1, 1, 2}, {2, 3, 1}, {3, 3, 4}, {4, 5, 7}}, Blocks{{1, 2, 3, 4}, {1, 2, 4, 3}, {2, 1, 3, 4}},
        Blocks{{1, 2, 3, 4, 5}, {2, 1, 3, 5, 4}}, Blocks{{1, 2}, {1, 2}, {3, 3}, {2, 1}, {1, 2}}}) {
    EXPECT_NEAR(friedman(blocks).exact_p.value(), p_by_enumeration(blocks), 1e-12);
  }
}

TEST(Friedman, FewBlocksThatAgreeAreNotCertain) {
  // Of three conditions in two blocks one arrangement in six agrees; of two in five, two in 32.
  const FriedmanTest two = friedman(Blocks{{1, 2, 3}, {4, 5, 6}});
  EXPECT_TRUE(std::isinf(two.iman_davenport));
  EXPECT_EQ(two.iman_davenport_p, 0);
  EXPECT_NEAR(two.best_p(), 1 / 6.0, 1e-12);
  EXPECT_NEAR(friedman(Blocks(5, {1, 2})).best_p(), 2 / 32.0, 1e-12);
  // Friedman's tables: 0.194 of chi-square 4.67 with three blocks, 0.069 of 6 with four.
  const FriedmanTest three = friedman(Blocks{{1, 2, 3}, {1, 2, 3}, {2, 1, 3}});
  EXPECT_NEAR(three.statistic, 14 / 3.0, 1e-9);
  EXPECT_NEAR(three.best_p(), 0.194, 0.001);
  const FriedmanTest four = friedman(Blocks{{1, 2, 3}, {1, 3, 2}, {1, 2, 3}, {1, 3, 2}});
  EXPECT_NEAR(four.statistic, 6, 1e-9);
  EXPECT_NEAR(four.best_p(), 0.069, 0.001);
  EXPECT_LT(four.iman_davenport_p, 0.05);
}

TEST(Friedman, TwoConditionsAreTheSignTestAtAnyNumberOfBlocks) {
  Blocks blocks(12, {1, 2});
  blocks.insert(blocks.end(), 4, {2, 1});
  const FriedmanTest test = friedman(blocks);
  EXPECT_NEAR(test.best_p(), 0.0768, 5e-5);  // F says 0.0410
  EXPECT_LT(test.iman_davenport_p, 0.05);
  EXPECT_TRUE(friedman(Blocks(3000, {1, 2})).exact_p.has_value());
}

TEST(Friedman, ManyBlocksAreLeftToImanAndDavenport) {
  Blocks blocks;
  for (int i = 0; i < 101; ++i)
    blocks.push_back(i % 3 == 0 ? std::vector<double>{1, 3, 2} : std::vector<double>{1, 2, 3});
  EXPECT_FALSE(friedman(blocks).exact_p.has_value());
  EXPECT_EQ(friedman(blocks).best_p(), friedman(blocks).iman_davenport_p);
  blocks.pop_back();
  EXPECT_NEAR(friedman(blocks).exact_p.value(), friedman(blocks).iman_davenport_p, 1e-6);
  EXPECT_FALSE(friedman(Blocks(3, {1, 2, 3, 4, 5, 6, 7})).exact_p.has_value());
}

TEST(Friedman, OfTwoConditionsIsTheSignTestsApproximation) {
  const FriedmanTest test = friedman(Blocks{{1, 2}, {1, 2}, {1, 2}, {1, 2}, {2, 1}});
  const double z = (4 - 2.5) / std::sqrt(5 / 4.0);
  EXPECT_NEAR(test.statistic, z * z, 1e-12);
  EXPECT_NEAR(test.p, std::erfc(z / std::sqrt(2)), 1e-12);
}

TEST(Friedman, RefusesBlocksWithoutRanks) {
  EXPECT_THAT(message_of([] {
                friedman(Blocks{{1, 2, 3}});
              }),
              HasSubstr("1 block; there must be at least 2"));
  EXPECT_THAT(message_of([] { friedman(Blocks{{1}, {1}}); }), HasSubstr("at least 2"));
  EXPECT_THAT(message_of([] {
                friedman(Blocks{{1, 2, 3}, {1, 2, 3, 4}});
              }),
              HasSubstr("block 2 has 4 values and block 1 has 3"));
  EXPECT_THAT(message_of([] { friedman(Blocks{{1, 1, 1}, {2, 2, 2}}); }), HasSubstr("nothing to rank"));
  EXPECT_THAT(message_of([] {
                friedman(Blocks{{1, 2, 3}, {1, NAN, 3}});
              }),
              HasSubstr("block 2: value 2 is nan"));
}

TEST(Nemenyi, GivesTheExampleOfDemsar) {
  // Demšar 2006, section 3.2.2: 4 classifiers, 14 data sets, CD 1.25; q 2.569 at 5 %, 2.291 at 10 %.
  EXPECT_NEAR(nemenyi_critical_difference(4, 14), 2.569 * std::sqrt(4 * 5 / (6.0 * 14)), 0.0005);
  EXPECT_NEAR(nemenyi_critical_difference(4, 14, 0.10), 2.291 * std::sqrt(4 * 5 / (6.0 * 14)), 0.0005);
}

TEST(Nemenyi, FallsWithTheRootOfTheBlocks) {
  EXPECT_NEAR(nemenyi_critical_difference(5, 10) / nemenyi_critical_difference(5, 40), 2, 1e-12);
}

TEST(Nemenyi, RefusesOneBlockAndOneCondition) {
  EXPECT_THAT(message_of([] { nemenyi_critical_difference(3, 1); }), HasSubstr("1 blocks"));
  EXPECT_THAT(message_of([] { nemenyi_critical_difference(1, 9); }), HasSubstr("1 conditions"));
}

}  // namespace
}  // namespace gamut::statistics
