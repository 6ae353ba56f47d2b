#include <fmt/format.h>

#include <cmath>

#include "gamut/core/text.h"
#include "gamut/statistics/compare.h"
#include "gamut/statistics/sample.h"

namespace gamut::statistics {
namespace {

constexpr double kLevel = 0.05;

std::string p_text(double p) {
  return p < 0.0001 ? "p < 0.0001" : fmt::format("p = {:.4f}", p);
}

/// Which condition is higher, with both means.
std::string lead(const Comparison& comparison, const std::string& metric) {
  const double first = mean(comparison.first_values);
  const double second = mean(comparison.second_values);
  if (first == second) {
    return fmt::format("The mean {} is {:.4f} with {} and with {} alike", metric, first,
                       printable(comparison.first), printable(comparison.second));
  }
  const bool first_higher = first > second;
  return fmt::format(
      "The mean {} is higher with {} ({:.4f}) than with {} ({:.4f})", metric,
      printable(first_higher ? comparison.first : comparison.second), first_higher ? first : second,
      printable(first_higher ? comparison.second : comparison.first), first_higher ? second : first);
}

std::string pair_text(const Comparison& comparison) {
  const std::size_t n = comparison.pairs.size();
  std::string text = fmt::format("over n = {} {} (a pair is one {} under both values of {}", n,
                                 n == 1 ? "pair" : "pairs", comparison.pair_by, comparison.between);
  if (!comparison.averaged_over.empty()) text += ", averaged over " + join_words(comparison.averaged_over);
  if (!comparison.left_out.empty()) {
    text += "; left out, being no pair: " + printable(join(comparison.left_out, ", "));
  }
  return text + ")";
}

std::string t_text(const Comparison& comparison) {
  const PairedTTest& test = *comparison.t_test;
  const std::string verdict =
      test.p < kLevel ? "a difference is shown at the 5 % level"
                      : "a difference is not shown at the 5 % level, which does not mean that there is none";
  return fmt::format(
      "mean difference {} - {} = {:.4f}, 95 % interval [{:.4f}, {:.4f}], paired t test t = {:.4f}, df = {}, "
      "{}, Cohen's d_z = "
      "{:.2f}: {}.",
      printable(comparison.first), printable(comparison.second), test.mean_difference, test.low, test.high,
      test.t, test.df, p_text(test.p), test.cohen_dz, verdict);
}

std::string normality_text(const TestResult& normality) {
  return fmt::format(
      " Shapiro–Wilk test of the differences: W = {:.4f}, {}; {}.", normality.statistic, p_text(normality.p),
      normality.p < kLevel ? "they do not look normal, so the p value of the t test is a rough guide only"
                           : "a departure from the normality that the t test assumes is not shown");
}

/// What few pairs cannot say; empty from 6 on, where the sign test can reach the 5 % level.
std::string few_pairs_text(const Comparison& comparison) {
  const auto n = static_cast<int>(comparison.pairs.size());
  const double smallest_sign_test_p = std::ldexp(1.0, 1 - n);
  if (n < 2 || smallest_sign_test_p < kLevel) return "";
  std::string text = fmt::format(
      " So few pairs say little: with {} pairs even the sign test cannot reach p < 0.05 two-sided, as its "
      "smallest p is {}",
      n, smallest_sign_test_p);
  if (comparison.normality) text += ", and the normality test has hardly any power";
  if (comparison.t_test)
    text += "; the p and the interval above rest on an assumption that cannot be checked here";
  return text + ".";
}

}  // namespace

std::string describe(const Comparison& comparison, const std::string& metric) {
  std::string text = lead(comparison, printable(metric)) + " " + pair_text(comparison) + ": ";
  if (comparison.t_test) {
    text += t_text(comparison);
    if (comparison.normality) text += normality_text(*comparison.normality);
    if (!comparison.normality) text += " Not tested for normality (" + comparison.note + ").";
  } else {
    text += "not tested (" + comparison.note + ").";
  }
  return text + few_pairs_text(comparison);
}

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
  json["note"] = comparison.note;
  return json;
}

}  // namespace gamut::statistics
