#include "gamut/statistics/size_effect.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const TableRoles kRoles{.between = "scale", .pair_by = {"genre"}};
const std::map<std::string, double> kPositives = {{"a", 10}, {"b", 20}, {"c", 30},
                                                  {"d", 40}, {"e", 50}, {"f", 60}};

/// Linear follows the size but for one exchange; mel does not.
std::vector<Observation> observations() {
  const std::vector<double> linear = {0.1, 0.2, 0.4, 0.3, 0.5, 0.6};
  const std::vector<double> mel = {0.4, 0.1, 0.6, 0.3, 0.2, 0.5};
  std::vector<Observation> rows;
  for (std::size_t i = 0; i < linear.size(); ++i) {
    const std::string genre(1, char('a' + i));
    rows.push_back({{{"scale", "linear"}, {"genre", genre}}, linear[i]});
    rows.push_back({{{"scale", "mel"}, {"genre", genre}}, mel[i]});
  }
  rows.push_back({{{"scale", "mel"}, {"genre", "(macro)"}}, 0.3});
  return rows;
}

TEST(SizeEffect, IsSpearmansRhoOfEachScale) {
  const std::vector<SizeEffect> effects = measure_size_effect(observations(), kRoles, kPositives);
  ASSERT_EQ(effects.size(), 2u);
  EXPECT_EQ(effects[0].condition, "linear");
  EXPECT_THAT(effects[0].genres, ElementsAre("a", "b", "c", "d", "e", "f"));
  EXPECT_THAT(effects[0].positives, ElementsAre(10, 20, 30, 40, 50, 60));
  EXPECT_NEAR(effects[0].test->rho, 1 - 6 * 2.0 / (6 * 35), 1e-12);
  EXPECT_TRUE(effects[0].test->interval.has_value());
  EXPECT_LT(effects[1].test->rho, 0.5);
}

TEST(SizeEffect, SaysWhatIsShown) {
  EXPECT_THAT(
      describe(measure_size_effect(observations(), kRoles, kPositives), "F1"),
      AllOf(HasSubstr("With linear the F1 of the genres and their training songs have Spearman's rho = 0.94 "
                      "(n = 6, 95 % interval ["),
            HasSubstr("genres with more training songs score higher."), HasSubstr("With mel "),
            HasSubstr("is not shown at the 5 % level.")));
}

TEST(SizeEffect, WithoutSpreadThereIsNoTestAndANote) {
  std::map<std::string, double> equal = kPositives;
  for (auto& [genre, count] : equal) count = 7;
  const std::vector<SizeEffect> effects = measure_size_effect(observations(), kRoles, equal);
  EXPECT_FALSE(effects[0].test.has_value());
  EXPECT_EQ(effects[0].note, "all genres are of one size");
  EXPECT_THAT(describe(effects, "F1"), HasSubstr("was not tested (all genres are of one size)"));
  EXPECT_TRUE(to_json(effects)[0].at("rho").is_null());
}

TEST(SizeEffect, JsonHoldsTheScatter) {
  const std::vector<SizeEffect> effects = measure_size_effect(observations(), kRoles, kPositives);
  const Json json = to_json(effects);
  EXPECT_EQ(json[1].at("condition"), "mel");
  EXPECT_EQ(json[1].at("genres")[2], (Json{{"name", "c"}, {"positives", 30.0}, {"value", 0.6}}));
  EXPECT_EQ(json[1].at("p").get<double>(), effects[1].test->p);
  EXPECT_EQ(json[1].at("low").get<double>(), effects[1].test->interval->low);
}

TEST(SizeEffect, GenresWithoutACountAreNamed) {
  EXPECT_THAT(message_of([] {
                measure_size_effect(observations(), kRoles, {{"a", 1}, {"c", 2}});
              }),
              HasSubstr("no number of training songs for b, d, e and f"));
}

}  // namespace
}  // namespace gamut::statistics
