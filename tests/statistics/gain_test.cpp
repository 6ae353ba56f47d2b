#include "gamut/statistics/gain.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/statistics/holm.h"
#include "gamut/statistics/tests.h"
#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<std::string> kGenres = {"Rock", "Pop", "Jazz", "Folk", "Metal", "Punk"};

/// Rows of results.csv. The gain of mel falls from resnet18 to resnet50 with imagenet, and is about 0 with
/// random.
std::vector<Observation> results() {
  std::vector<Observation> rows;
  const std::vector<std::string> depths = {"resnet18", "resnet34", "resnet50"};
  for (const char* start : {"imagenet", "random"}) {
    for (std::size_t d = 0; d < depths.size(); ++d) {
      for (std::size_t g = 0; g < kGenres.size(); ++g) {
        const double wiggle = 0.01 * double((g * 5 + d * 3) % 6);
        const double gain = *start == 'i' ? 0.3 - 0.1 * double(d) + wiggle : wiggle - 0.025;
        for (const char* repeat : {"0", "1"}) {
          const double base = 0.4 + 0.02 * double(g) + (*repeat == '1' ? 0.01 : 0);
          for (const char* scale : {"linear", "mel", "cqt"}) {
            rows.push_back({{{"scale", scale},
                             {"genre", kGenres[g]},
                             {"architecture", depths[d]},
                             {"initialisation", start},
                             {"reduce", "nearest"},
                             {"repeat", repeat}},
                            std::string(scale) == "mel" ? base + gain : base});
          }
        }
      }
    }
  }
  return rows;
}

TEST(Gain, IsMeasuredForEachCombinationAndGenre) {
  const GainTable table = measure_gains(results());
  EXPECT_EQ(table.pairs, kGenres);
  ASSERT_EQ(table.combinations.size(), 6u);
  EXPECT_EQ(table.combinations[0].depth, "resnet18");
  EXPECT_THAT(table.combinations[0].settings, ElementsAre("imagenet", "nearest"));
  EXPECT_NEAR(table.combinations[0].gains[1], 0.3 + 0.05, 1e-12);
  EXPECT_NEAR(table.combinations[0].mean, 0.325, 1e-12);
  EXPECT_LT(table.combinations[0].interval->low, 0.325);
  EXPECT_GT(table.combinations[0].interval->low, 0.29);
  EXPECT_NEAR(table.combinations[0].interval->high + table.combinations[0].interval->low, 0.65, 1e-12);
}

TEST(Gain, TheOtherDirectionTurnsTheSign) {
  const GainTable there = measure_gains(results());
  const GainTable back = measure_gains(results(), {.baseline = "mel", .candidate = "linear"});
  for (std::size_t i = 0; i < there.combinations.size(); ++i) {
    EXPECT_NEAR(back.combinations[i].mean, -there.combinations[i].mean, 1e-12);
    EXPECT_NEAR(back.combinations[i].interval->low, -there.combinations[i].interval->high, 1e-12);
    EXPECT_EQ(back.combinations[i].t_test_p, there.combinations[i].t_test_p);
  }
}

TEST(Gain, PValuesAreAdjustedForAllCombinations) {
  const GainTable table = measure_gains(results());
  std::vector<double> family;
  for (const CombinationGain& each : table.combinations) family.push_back(*each.t_test_p);
  for (std::size_t i = 0; i < family.size(); ++i) {
    EXPECT_EQ(table.combinations[i].t_test_p_holm, holm(family)[i]);
  }
}

TEST(Gain, AChangeWithDepthIsFoundWhereThereIsOne) {
  const GainTable table = measure_gains(results());
  ASSERT_EQ(table.interactions.size(), 2u);
  const GainInteraction& imagenet = table.interactions[0];
  EXPECT_THAT(imagenet.settings, ElementsAre("imagenet", "nearest"));
  EXPECT_THAT(imagenet.depths, ElementsAre("resnet18", "resnet34", "resnet50"));
  EXPECT_THAT(imagenet.friedman->mean_ranks, ElementsAre(1, 2, 3));
  // All six genres agree: one arrangement in 6^5, and two tests.
  EXPECT_NEAR(*imagenet.p_holm, 2 / 7776.0, 1e-12);
  EXPECT_GT(*table.interactions[1].p_holm, 0.05);
}

TEST(Gain, OneDepthHasNoInteractionAndSaysSo) {
  std::vector<Observation> rows = results();
  std::erase_if(rows, [](const Observation& row) { return row.columns.at("architecture") != "resnet18"; });
  const GainTable table = measure_gains(rows);
  EXPECT_FALSE(table.interactions[0].friedman.has_value());
  EXPECT_THAT(table.interactions[0].note, HasSubstr("one depth"));
  EXPECT_THAT(describe(table, "F1"), HasSubstr("Whether it changes with architecture was not tested."));
}

TEST(Gain, SaysWhetherItHolds) {
  EXPECT_THAT(
      describe(measure_gains(results()), "F1"),
      AllOf(HasSubstr("higher with mel than with linear in 3 of 6 combinations of architecture and "
                      "initialisation and reduce"),
            HasSubstr("over n = 6 genres a gain is shown at the 5 % level in 3 and a loss in 0 of them"),
            HasSubstr("change with architecture is shown in 1 of 2 choices")));
}

TEST(Gain, JsonHoldsEveryNumber) {
  const GainTable table = measure_gains(results());
  const Json json = to_json(table);
  EXPECT_EQ(json.at("candidate"), "mel");
  EXPECT_EQ(json.at("combinations").size(), 6u);
  EXPECT_EQ(json.at("combinations")[0].at("settings").at("initialisation"), "imagenet");
  EXPECT_EQ(json.at("combinations")[0].at("gains").size(), 6u);
  EXPECT_EQ(json.at("combinations")[0].at("t_test_p_holm").get<double>(),
            *table.combinations[0].t_test_p_holm);
  EXPECT_EQ(json.at("interactions")[0].at("p_holm").get<double>(), *table.interactions[0].p_holm);
}

TEST(Gain, RefusesWhatHasNoPartner) {
  std::vector<Observation> rows = results();
  std::erase_if(rows, [](const Observation& row) {
    return row.columns.at("architecture") == "resnet34" && row.columns.at("scale") == "mel";
  });
  EXPECT_THAT(message_of([&] { measure_gains(rows); }),
              AllOf(HasSubstr("gain at architecture = resnet34, initialisation = imagenet, reduce = nearest"),
                    HasSubstr("\"scale\" has one value (linear)")));
  rows = results();
  std::erase_if(rows, [](const Observation& row) {
    return row.columns.at("architecture") == "resnet34" && row.columns.at("genre") == "Jazz";
  });
  EXPECT_THAT(message_of([&] { measure_gains(rows); }), HasSubstr("elsewhere they are Rock, Pop, Jazz"));
  EXPECT_THAT(message_of([&] { measure_gains({}); }), HasSubstr("not one value"));
  EXPECT_THAT(message_of([&] { measure_gains(results(), {.depth = "layers"}); }),
              HasSubstr("no column \"layers\""));
  EXPECT_THAT(message_of([&] { measure_gains(results(), {.baseline = "mel"}); }), HasSubstr("over itself"));
}

}  // namespace
}  // namespace gamut::statistics
