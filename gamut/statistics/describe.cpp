#include <fmt/format.h>

#include <cmath>

#include "gamut/core/text.h"
#include "gamut/statistics/compare.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/wording.h"

namespace gamut::statistics {
namespace {

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

std::string pairs_text(const Comparison& comparison) {
  const std::size_t n = comparison.pairs.size();
  return fmt::format("over n = {} {} (a pair is {})", n, n == 1 ? "pair" : "pairs",
                     pair_text(comparison.pair_by, "both values of " + comparison.between,
                               comparison.averaged_over, comparison.left_out));
}

/// Whether a difference is shown, in words.
std::string_view shown(double p) {
  return p < kLevel ? "a difference is shown at the 5 % level" : "a difference is not shown at the 5 % level";
}

std::string t_text(const Comparison& comparison) {
  const PairedTTest& test = *comparison.t_test;
  const std::string verdict =
      fmt::format("{}{}", shown(test.p), test.p < kLevel ? "" : ", which does not mean that there is none");
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
      normality.p < kLevel ? "they do not look normal, so the p value of the t test is a rough guide only; "
                             "that favours the Wilcoxon test"
                           : "a departure from the normality that the t test assumes is not shown; that "
                             "favours the t test");
}

std::string rank_text(const Comparison& comparison) {
  const WilcoxonTest& wilcoxon = *comparison.wilcoxon;
  std::string text =
      fmt::format(" Wilcoxon signed-rank test ({}): W = {:.6g}, {}, rank-biserial correlation = {:.2f}: {}.",
                  describe_method(wilcoxon), wilcoxon.statistic, p_text(wilcoxon.p), wilcoxon.rank_biserial,
                  shown(wilcoxon.p));
  if (const auto& signs = comparison.sign_test) {
    text += fmt::format(" Sign test: {} above 0 and {} below, {}.", signs->positive, signs->negative,
                        p_text(signs->p));
  }
  return text;
}

std::string equivalence_text(const EquivalenceTest& test) {
  return fmt::format(
      " That the mean difference lies within ±{:.6g} is {} (two one-sided t tests: {}, 90 % interval "
      "[{:.4f}, {:.4f}]).",
      test.margin, test.p < kLevel ? "shown" : "not shown", p_text(test.p), test.low, test.high);
}

std::string corrected_text(const CorrectedTTest& test) {
  return fmt::format(
      " The pairs being repeated splits of the same songs, the corrected t test counts: t = {:.4f}, df = {}, "
      "{}, 95 % interval [{:.4f}, {:.4f}]: {}.",
      test.t, test.df, p_text(test.p), test.low, test.high, shown(test.p));
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
  std::string text = lead(comparison, printable(metric)) + " " + pairs_text(comparison) + ": ";
  if (comparison.t_test) {
    text += t_text(comparison);
    if (comparison.normality) text += normality_text(*comparison.normality);
    if (!comparison.normality) text += " Not tested for normality (" + comparison.note + ").";
  } else {
    text += "not tested (" + comparison.note + ").";
  }
  if (comparison.corrected) text += corrected_text(*comparison.corrected);
  if (comparison.wilcoxon) text += rank_text(comparison);
  if (comparison.equivalence) text += equivalence_text(*comparison.equivalence);
  return text + few_pairs_text(comparison) + warning_text(comparison.also_different, comparison.stand_ins);
}

}  // namespace gamut::statistics
