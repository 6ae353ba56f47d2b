#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/statistics/compare_many.h"
#include "gamut/statistics/wording.h"

namespace gamut::statistics {
namespace {

std::string nemenyi_text(const ManyComparison& comparison) {
  std::vector<std::string> separated;
  for (const PairwiseComparison& pair : comparison.pairwise) {
    if (!pair.nemenyi) continue;
    separated.push_back(printable(pair.comparison.first + " from " + pair.comparison.second));
  }
  return fmt::format(
      " Nemenyi's critical difference of mean ranks at the 5 % level is {:.3f}: it separates {}.",
      comparison.critical_difference, separated.empty() ? "no two" : join_words(separated));
}

Json or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json friedman_json(const FriedmanTest& test) {
  return {{"blocks", test.blocks},
          {"conditions", test.conditions},
          {"statistic", test.statistic},
          {"df", test.df},
          {"p", test.p},
          {"iman_davenport", std::isfinite(test.iman_davenport) ? Json(test.iman_davenport) : Json(nullptr)},
          {"df_numerator", test.df_numerator},
          {"df_denominator", test.df_denominator},
          {"iman_davenport_p", test.iman_davenport_p},
          {"exact_p", or_null(test.exact_p)}};
}

}  // namespace

std::string describe(const ManyComparison& comparison, const std::string& metric) {
  const std::vector<std::string>& conditions = comparison.table.conditions;
  std::vector<std::string> means;
  for (std::size_t c = 0; c < conditions.size(); ++c) {
    means.push_back(fmt::format(
        "{} {:.4f}{}", printable(conditions[c]), comparison.means[c],
        comparison.friedman ? fmt::format(" (mean rank {:.2f})", comparison.friedman->mean_ranks[c]) : ""));
  }
  std::string text = fmt::format("Mean {} over n = {} pairs (a pair is {}): {}. ", printable(metric),
                                 comparison.table.pairs.size(),
                                 pair_text(comparison.pair_by, "every value of " + comparison.between,
                                           comparison.averaged_over, comparison.table.left_out),
                                 join_words(means));
  const std::string warning = warning_text(comparison.table.also_different, comparison.table.stand_ins);
  if (!comparison.friedman) return text + "Not tested together (" + comparison.note + ")." + warning;
  const FriedmanTest& test = *comparison.friedman;
  text += fmt::format(
      "Rank 1 is the highest value. Friedman's test: chi-square = {:.4f}, df = {}, {}; Iman–Davenport F = "
      "{}, "
      "df = {} and {}, {}{}: that they differ is {} at the 5 % level.",
      test.statistic, test.df, p_text(test.p),
      std::isfinite(test.iman_davenport) ? fmt::format("{:.4f}", test.iman_davenport) : "infinite",
      test.df_numerator, test.df_denominator, p_text(test.iman_davenport_p),
      test.exact_p
          ? fmt::format("; among all arrangements of the ranks, which decides, {}", p_text(*test.exact_p))
          : "",
      test.best_p() < kLevel ? "shown" : "not shown");
  return text + nemenyi_text(comparison) + warning;
}

Json to_json(const ManyComparison& comparison) {
  Json json;
  json["between"] = comparison.between;
  json["pair_by"] = comparison.pair_by;
  json["averaged_over"] = comparison.averaged_over;
  json["n"] = comparison.table.pairs.size();
  json["left_out"] = comparison.table.left_out;
  json["stand_ins"] = comparison.table.stand_ins;
  json["also_different"] = comparison.table.also_different;
  json["conditions"] = Json::array();
  const std::vector<std::string>& conditions = comparison.table.conditions;
  for (std::size_t c = 0; c < conditions.size(); ++c) {
    json["conditions"].push_back(
        {{"name", conditions[c]},
         {"mean", comparison.means[c]},
         {"mean_rank", comparison.friedman ? Json(comparison.friedman->mean_ranks[c]) : Json(nullptr)}});
  }
  json["friedman"] = comparison.friedman ? friedman_json(*comparison.friedman) : Json(nullptr);
  json["critical_difference"] = comparison.friedman ? Json(comparison.critical_difference) : Json(nullptr);
  json["cliques"] = Json::array();
  for (const std::vector<std::size_t>& clique : comparison.cliques) {
    Json names = Json::array();
    for (std::size_t c : clique) names.push_back(conditions[c]);
    json["cliques"].push_back(names);
  }
  json["pairwise"] = Json::array();
  for (const PairwiseComparison& pair : comparison.pairwise) {
    Json each = to_json(pair.comparison);
    each["holm"] = {{"t_test", or_null(pair.t_test_p)},
                    {"wilcoxon", or_null(pair.wilcoxon_p)},
                    {"sign_test", or_null(pair.sign_test_p)},
                    {"equivalence", or_null(pair.equivalence_p)},
                    {"corrected_t_test", or_null(pair.corrected_p)}};
    each["nemenyi"] = pair.nemenyi;
    json["pairwise"].push_back(each);
  }
  json["note"] = comparison.note;
  return json;
}

}  // namespace gamut::statistics
