#pragma once

#include <string>
#include <vector>

#include "gamut/statistics/compare_many.h"

namespace gamut::statistics {

/// A table of text: a header and rows of as many cells. The first column is of words, the others of numbers.
struct TextTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

/// Every test of a comparison as a row: test, statistic, degrees of freedom, p, effect size, interval. What
/// is absent is an empty cell.
TextTable tests_table(const Comparison& comparison);

/// Every two conditions as a row: mean difference, t, and the p of every test, raw and adjusted; the
/// corrected t test only where it was asked for. Nemenyi comes last.
TextTable pairwise_table(const ManyComparison& comparison);

/// Columns aligned with blanks, one line a row.
std::string to_text(const TextTable& table);

/// A LaTeX tabular with booktabs rules; special characters are escaped.
/// @param caption  becomes a comment in the first line.
std::string to_latex(const TextTable& table, const std::string& caption);

}  // namespace gamut::statistics
