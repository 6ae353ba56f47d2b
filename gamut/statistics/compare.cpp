#include "gamut/statistics/compare.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/statistics/rounding.h"
#include "gamut/statistics/sample.h"

namespace gamut::statistics {
namespace {

/// Fills in the tests that the pairs allow, and the note on those that they do not.
void run_tests(Comparison& comparison, const ComparisonOptions& options) {
  const std::size_t n = comparison.pairs.size();
  if (n < 2) {
    comparison.note = "one pair: a t test needs at least 2 pairs, a normality test 3";
    return;
  }
  const std::vector<double> differences =
      differences_without_rounding(comparison.first_values, comparison.second_values);
  if (std::ranges::count(differences, 0.0) != std::ssize(differences)) {
    comparison.wilcoxon = wilcoxon_signed_rank(differences, options.wilcoxon);
    comparison.sign_test = sign_test(differences);
  }
  if (differences_equal(comparison.first_values, comparison.second_values)) {
    comparison.note =
        fmt::format("all {} differences are {:.4g}: without spread there is no t test and no normality test",
                    n, comparison.first_values[0] - comparison.second_values[0]);
    return;
  }
  comparison.t_test = paired_t_test(comparison.first_values, comparison.second_values);
  comparison.equivalence = equivalence_test(*comparison.t_test, options.equivalence_margin);
  if (options.test_to_train) comparison.corrected = corrected_t_test(differences, *options.test_to_train);
  if (n < 3 || n > 5000) {
    comparison.note = fmt::format("{} pairs: a normality test needs 3 to 5000 pairs", n);
    return;
  }
  comparison.normality = shapiro_wilk(differences);
}

}  // namespace

Comparison compare_conditions(const PairedTable& table, const TableRoles& roles,
                              const ComparisonOptions& options, std::size_t first, std::size_t second) {
  Comparison comparison;
  comparison.between = roles.between;
  comparison.first = table.conditions[first];
  comparison.second = table.conditions[second];
  comparison.pair_by = join(roles.pair_by, ", ");
  comparison.averaged_over = roles.average_over;
  comparison.pairs = table.pairs;
  comparison.first_values = table.of_condition(first);
  comparison.second_values = table.of_condition(second);
  comparison.left_out = table.left_out;
  comparison.stand_ins = table.stand_ins;
  comparison.also_different = table.also_different;
  run_tests(comparison, options);
  return comparison;
}

Comparison compare(const std::vector<Observation>& observations, const TableRoles& roles,
                   const ComparisonOptions& options) {
  const PairedTable table = make_paired_table(observations, roles);
  if (table.conditions.size() != 2) {
    std::vector<std::string> names;
    for (const std::string& condition : table.conditions) names.push_back(printable(condition));
    throw ParameterError(fmt::format(
        "comparison: \"{}\" has {} ({}); there must be exactly two to compare", printable(roles.between),
        names.size() == 1 ? "one value" : fmt::format("{} values", names.size()), join_words(names)));
  }
  return compare_conditions(table, roles, options, 0, 1);
}

Comparison compare(const std::vector<Observation>& observations, const std::string& between,
                   const std::string& pair_by, const std::vector<std::string>& average_over) {
  return compare(observations, {.between = between, .pair_by = {pair_by}, .average_over = average_over});
}

std::string_view favoured_test(const Comparison& comparison) {
  if (!comparison.normality) return "";
  return comparison.normality->p < 0.05 ? "Wilcoxon test" : "t test";
}

}  // namespace gamut::statistics
