#include "gamut/core/json.h"
#include "gamut/statistics/compare.h"
#include "gamut/statistics/sample.h"

namespace gamut::statistics {
namespace {

Json to_json(const WilcoxonTest& test) {
  return {{"n", test.n},
          {"zeros", test.zeros},
          {"ties", test.ties},
          {"positive_ranks", test.positive_ranks},
          {"negative_ranks", test.negative_ranks},
          {"statistic", test.statistic},
          {"p", test.p},
          {"method", to_string(test.method)},
          {"rank_biserial", test.rank_biserial}};
}

Json to_json(const SignTest& test) {
  return {{"positive", test.positive}, {"negative", test.negative}, {"zeros", test.zeros}, {"p", test.p}};
}

Json to_json(const EquivalenceTest& test) {
  return {{"margin", test.margin}, {"low", test.low}, {"high", test.high}, {"p", test.p}};
}

Json to_json(const CorrectedTTest& test) {
  return {{"n", test.n},     {"df", test.df},     {"mean_difference", test.mean_difference},
          {"low", test.low}, {"high", test.high}, {"t", test.t},
          {"p", test.p}};
}

template <typename Test>
Json optional_json(const std::optional<Test>& test) {
  return test ? to_json(*test) : Json(nullptr);
}

}  // namespace

Json to_json(const Comparison& comparison) {
  Json json;
  json["between"] = comparison.between;
  json["first"] = comparison.first;
  json["second"] = comparison.second;
  json["pair_by"] = comparison.pair_by;
  json["averaged_over"] = comparison.averaged_over;
  json["n"] = comparison.pairs.size();
  json["means"] = {{"first", mean(comparison.first_values)}, {"second", mean(comparison.second_values)}};
  json["pairs"] = Json::array();
  for (std::size_t i = 0; i < comparison.pairs.size(); ++i) {
    json["pairs"].push_back({{"name", comparison.pairs[i]},
                             {"first", comparison.first_values[i]},
                             {"second", comparison.second_values[i]},
                             {"difference", comparison.first_values[i] - comparison.second_values[i]}});
  }
  json["left_out"] = comparison.left_out;
  json["stand_ins"] = comparison.stand_ins;
  json["also_different"] = comparison.also_different;
  json["t_test"] = nullptr;
  if (const auto& test = comparison.t_test) {
    json["t_test"] = {{"n", test->n},
                      {"df", test->df},
                      {"mean_difference", test->mean_difference},
                      {"low", test->low},
                      {"high", test->high},
                      {"t", test->t},
                      {"p", test->p},
                      {"cohen_dz", test->cohen_dz}};
  }
  json["normality"] = nullptr;
  if (comparison.normality)
    json["normality"] = {{"w", comparison.normality->statistic}, {"p", comparison.normality->p}};
  const std::string_view favoured = favoured_test(comparison);
  json["favoured"] = favoured.empty() ? Json(nullptr) : Json(favoured);
  json["wilcoxon"] = optional_json(comparison.wilcoxon);
  json["sign_test"] = optional_json(comparison.sign_test);
  json["equivalence"] = optional_json(comparison.equivalence);
  json["corrected_t_test"] = optional_json(comparison.corrected);
  json["note"] = comparison.note;
  return json;
}

}  // namespace gamut::statistics
