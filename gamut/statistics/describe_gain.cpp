#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/statistics/gain.h"
#include "gamut/statistics/wording.h"

namespace gamut::statistics {
namespace {

Json or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json settings_json(const std::vector<std::string>& values, const GainQuestion& question) {
  Json json = Json::object();
  for (std::size_t i = 0; i < values.size(); ++i) json[question.settings[i]] = values[i];
  return json;
}

Json interaction_json(const GainInteraction& interaction, const GainQuestion& question) {
  Json json = {{"settings", settings_json(interaction.settings, question)}, {"depths", interaction.depths}};
  const auto& test = interaction.friedman;
  json["mean_ranks"] = test ? Json(test->mean_ranks) : Json(nullptr);
  json["statistic"] = test ? Json(test->statistic) : Json(nullptr);
  json["df"] = test ? Json(test->df) : Json(nullptr);
  json["p"] = test ? Json(test->p) : Json(nullptr);
  json["iman_davenport_p"] = test ? Json(test->iman_davenport_p) : Json(nullptr);
  json["exact_p"] = test ? or_null(test->exact_p) : Json(nullptr);
  json["p_holm"] = or_null(interaction.p_holm);
  json["note"] = interaction.note;
  return json;
}

/// How the gains change with depth, for each choice of the settings that could be tested.
std::string interaction_text(const GainTable& table) {
  const auto tested =
      std::ranges::count_if(table.interactions, [](const auto& each) { return each.friedman.has_value(); });
  if (tested == 0) return fmt::format(" Whether it changes with {} was not tested.", table.question.depth);
  const auto shown = std::ranges::count_if(
      table.interactions, [](const auto& each) { return each.p_holm && *each.p_holm < kLevel; });
  const bool exact = std::ranges::all_of(
      table.interactions, [](const auto& each) { return !each.friedman || each.friedman->exact_p; });
  return fmt::format(
      " That the {}s' gains change with {} is shown in {} of {} choices of {} (Friedman's test, {}, "
      "Holm-adjusted).",
      printable(table.question.pair_by), printable(table.question.depth), shown, tested,
      table.question.settings.empty() ? "nothing else" : printable(join_words(table.question.settings)),
      exact ? "exact" : "exact or by Iman and Davenport's F");
}

}  // namespace

std::string describe(const GainTable& table, const std::string& metric) {
  const auto positive =
      std::ranges::count_if(table.combinations, [](const auto& each) { return each.mean > 0; });
  const auto shown_above = std::ranges::count_if(table.combinations, [](const auto& each) {
    return each.mean > 0 && each.t_test_p_holm && *each.t_test_p_holm < kLevel;
  });
  const auto shown_below = std::ranges::count_if(table.combinations, [](const auto& each) {
    return each.mean < 0 && each.t_test_p_holm && *each.t_test_p_holm < kLevel;
  });
  const GainQuestion& question = table.question;
  return fmt::format(
             "The mean {} is higher with {} than with {} in {} of {} combinations of {}{}. After Holm's "
             "adjustment of the paired t tests over n = {} {}s a gain is shown at the 5 % level in {} and a "
             "loss in {} of them.",
             printable(metric), printable(question.candidate), printable(question.baseline), positive,
             table.combinations.size(), printable(question.depth),
             question.settings.empty() ? "" : " and " + printable(join_words(question.settings)),
             table.pairs.size(), printable(question.pair_by), shown_above, shown_below) +
         interaction_text(table);
}

Json to_json(const GainTable& table) {
  Json json;
  json["between"] = table.question.between;
  json["baseline"] = table.question.baseline;
  json["candidate"] = table.question.candidate;
  json["pairs"] = table.pairs;
  json["left_out"] = table.left_out;
  json["combinations"] = Json::array();
  for (const CombinationGain& each : table.combinations) {
    json["combinations"].push_back({{"depth", each.depth},
                                    {"settings", settings_json(each.settings, table.question)},
                                    {"gains", each.gains},
                                    {"mean", each.mean},
                                    {"low", each.interval ? Json(each.interval->low) : Json(nullptr)},
                                    {"high", each.interval ? Json(each.interval->high) : Json(nullptr)},
                                    {"t_test_p", or_null(each.t_test_p)},
                                    {"wilcoxon_p", or_null(each.wilcoxon_p)},
                                    {"t_test_p_holm", or_null(each.t_test_p_holm)},
                                    {"wilcoxon_p_holm", or_null(each.wilcoxon_p_holm)}});
  }
  json["interactions"] = Json::array();
  for (const GainInteraction& each : table.interactions) {
    json["interactions"].push_back(interaction_json(each, table.question));
  }
  return json;
}

}  // namespace gamut::statistics
