#include "gamut/report/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/text.h"
#include "gamut/report/html_table.h"
#include "gamut/report/scores.h"
#include "gamut/statistics/sample.h"
#include "gamut/statistics/wording.h"

namespace gamut::report {
namespace {

using statistics::Comparison;
using statistics::ManyComparison;
using statistics::PairwiseComparison;

/// "p = 0.0027", "p < 0.001".
std::string p_equals(double p) {
  const std::string number = p_value(p);
  return number.front() == '<' ? "p " + number : "p = " + number;
}

std::string interval(double low, double high) {
  return fixed(low) + " to " + fixed(high);
}

std::string how_much_of_two(const Comparison& comparison, const std::string& metric) {
  const double first = statistics::mean(comparison.first_values);
  const double second = statistics::mean(comparison.second_values);
  const std::string means = fmt::format("The mean {} of the genres is {} with {} and {} with {}", metric,
                                        fixed(first), comparison.first, fixed(second), comparison.second);
  const std::optional<Advantage> advantage = advantage_of(comparison);
  if (!advantage) return means + ".";
  if (is_shown(comparison)) {
    return fmt::format("{}: {} more with {}, and with 95 % confidence {} more.", means,
                       fixed(advantage->difference), advantage->higher,
                       interval(advantage->low, advantage->high));
  }
  return fmt::format("{}. That {} is {} ahead may be chance: the 95 % interval of the lead, {}, includes 0.",
                     means, advantage->higher, fixed(advantage->difference),
                     interval(advantage->low, advantage->high));
}

std::string how_sure_of_two(const Comparison& comparison) {
  if (!comparison.t_test) return comparison.note.empty() ? "" : "There is no test: " + comparison.note + ".";
  const statistics::PairedTTest& test = *comparison.t_test;
  std::string sentence =
      fmt::format("{} (paired t test, n = {} {}s, {} {} of freedom)", p_equals(test.p), test.n,
                  comparison.pair_by, test.df, test.df == 1 ? "degree" : "degrees");
  if (!comparison.wilcoxon) return sentence + ".";
  const double rank_p = comparison.wilcoxon->p;
  const bool agrees = (rank_p < statistics::kLevel) == is_shown(comparison);
  return sentence + (agrees ? fmt::format("; the Wilcoxon test agrees ({}).", p_equals(rank_p))
                            : fmt::format("; the Wilcoxon test does not agree ({}), so the evidence is weak.",
                                          p_equals(rank_p)));
}

std::string how_much_of_many(const ManyComparison& comparison, const std::string& metric) {
  std::vector<std::size_t> order(comparison.means.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return comparison.means[a] > comparison.means[b]; });
  std::vector<std::string> means;
  for (const std::size_t i : order)
    means.push_back(fmt::format("{} with {}", fixed(comparison.means[i]), comparison.table.conditions[i]));
  return fmt::format("The mean {} of the genres is {}.", metric, join_words(means));
}

std::string how_sure_of_many(const ManyComparison& comparison) {
  if (!comparison.friedman)
    return comparison.note.empty() ? "" : "There is no test: " + comparison.note + ".";
  const statistics::FriedmanTest& test = *comparison.friedman;
  std::string sentence =
      fmt::format("{} (Friedman\u2019s test over n = {} {}s, {})", p_equals(test.best_p()), test.blocks,
                  comparison.pair_by, test.exact_p ? "exact" : "F of Iman and Davenport");
  std::vector<std::string> shown;
  for (const PairwiseComparison& pair : comparison.pairwise) {
    const std::optional<Advantage> advantage = advantage_of(pair.comparison);
    if (!advantage || !pair.t_test_p || !(*pair.t_test_p < statistics::kLevel)) continue;
    shown.push_back(fmt::format("{} above {} by {} ({} to {}, {})", advantage->higher, advantage->lower,
                                fixed(advantage->difference), fixed(advantage->low), fixed(advantage->high),
                                p_equals(*pair.t_test_p)));
  }
  return sentence + (shown.empty()
                         ? fmt::format("; no two scales are shown to differ by paired t tests adjusted for "
                                       "their number, {} (Holm).",
                                       comparison.pairwise.size())
                         : fmt::format("; paired t tests adjusted for their number, {} (Holm), show {}.",
                                       comparison.pairwise.size(), join_words(shown)));
}

std::string headline_of_two(const Comparison& comparison, const std::string& metric) {
  const std::optional<Advantage> advantage = advantage_of(comparison);
  if (!advantage) {
    return fmt::format("No test of {} against {} was possible", comparison.first, comparison.second);
  }
  if (!is_shown(comparison)) {
    return fmt::format("No difference between {} and {} is shown", comparison.first, comparison.second);
  }
  return fmt::format("{} is higher with {} than with {}", metric, advantage->higher, advantage->lower);
}

std::string headline_of_many(const ManyComparison& comparison, const std::string& metric) {
  const std::size_t n = comparison.table.conditions.size();
  if (!is_shown(comparison)) return fmt::format("No difference between the {} scales is shown", n);
  return fmt::format("The scales differ: {} ranks first of {} on {}",
                     comparison.table.conditions[by_rank(comparison).front()], n, metric);
}

/// In how many settings the comparison comes out the same way.
std::string settings_line(const ScaleComparisons& comparisons) {
  if (comparisons.settings.empty()) return "";
  std::vector<std::string> parts;
  for (const ScaleComparison& setting : comparisons.settings) {
    std::string outcome;
    if (setting.two) {
      const std::optional<Advantage> advantage = advantage_of(*setting.two);
      outcome = !advantage ? "no test"
                           : fmt::format("{} +{}, {}", advantage->higher, fixed(advantage->difference),
                                         p_equals(setting.two->t_test->p));
    } else {
      outcome =
          !setting.many->friedman
              ? "no test"
              : fmt::format("{} first, {}", setting.many->table.conditions[by_rank(*setting.many).front()],
                            p_equals(setting.many->friedman->best_p()));
    }
    parts.push_back(fmt::format("{}: {}", setting.title, outcome));
  }
  return join(parts, "\n");
}

}  // namespace

std::string headline(const ScaleComparisons& comparisons) {
  if (!comparisons.all) return "No comparison of scales";
  const std::string metric = metric_title(comparisons.metric);
  return comparisons.all->two ? headline_of_two(*comparisons.all->two, metric)
                              : headline_of_many(*comparisons.all->many, metric);
}

std::string how_much(const ScaleComparisons& comparisons) {
  if (!comparisons.all) return comparisons.why_not;
  const std::string metric = metric_title(comparisons.metric);
  return comparisons.all->two ? how_much_of_two(*comparisons.all->two, metric)
                              : how_much_of_many(*comparisons.all->many, metric);
}

std::string how_sure(const ScaleComparisons& comparisons) {
  if (!comparisons.all) return "";
  return comparisons.all->two ? how_sure_of_two(*comparisons.all->two)
                              : how_sure_of_many(*comparisons.all->many);
}

std::vector<std::string> short_verdict(std::span<const evaluation::ResultRow> results) {
  const ScaleComparisons comparisons = compare_scales(results);
  std::vector<std::string> lines = {headline(comparisons) + ".", how_much(comparisons)};
  if (const std::string sure = how_sure(comparisons); !sure.empty()) lines.push_back("How sure: " + sure);
  if (const std::string settings = settings_line(comparisons); !settings.empty()) lines.push_back(settings);
  return lines;
}

}  // namespace gamut::report
