#include "gamut/statistics/comparison_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/text.h"

namespace gamut::statistics {
namespace {

std::string p_cell(double p) {
  return p < 0.0001 ? "< 0.0001" : fmt::format("{:.4f}", p);
}

std::string p_cell(const std::optional<double>& p) {
  return p ? p_cell(*p) : "";
}

std::string interval_cell(double low, double high) {
  return fmt::format("[{:.4f}, {:.4f}]", low, high);
}

/// Columns a terminal shows: bytes of UTF-8 that start a character.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string latex_escaped(const std::string& text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
      case '\\':
        escaped += "\\textbackslash{}";
        break;
      case '~':
        escaped += "\\textasciitilde{}";
        break;
      case '^':
        escaped += "\\textasciicircum{}";
        break;
      case '<':
        escaped += "$<$";
        break;
      case '>':
        escaped += "$>$";
        break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}':
        escaped += '\\';
        escaped += c;
        break;
      default:
        escaped += c;
    }
  }
  // A minus sign, not a hyphen, before a digit.
  std::string result;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    const bool starts_number = escaped[i] == '-' &&
                               (i == 0 || escaped[i - 1] == ' ' || escaped[i - 1] == '[') &&
                               i + 1 < escaped.size() && escaped[i + 1] >= '0' && escaped[i + 1] <= '9';
    if (starts_number) {
      result += "$-$";
    } else {
      result += escaped[i];
    }
  }
  return result;
}

std::string latex_row(const std::vector<std::string>& cells) {
  std::string line;
  // At the start of a row a bracket would be read as the argument of the rule or the line break before it,
  // and an asterisk as part of it.
  if (cells[0].starts_with('[') || cells[0].starts_with('*')) line = "{}";
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : " & ") + latex_escaped(cells[i]);
  return line + " \\\\\n";
}

}  // namespace

TextTable tests_table(const Comparison& comparison) {
  TextTable table{.columns = {"test", "statistic", "df or n", "p", "effect size", "interval"}, .rows = {}};
  if (const auto& test = comparison.t_test) {
    table.rows.push_back({"paired t", fmt::format("t = {:.4f}", test->t), fmt::format("df = {}", test->df),
                          p_cell(test->p), fmt::format("d_z = {:.2f}", test->cohen_dz),
                          "95 % " + interval_cell(test->low, test->high)});
  }
  if (const auto& test = comparison.corrected) {
    table.rows.push_back({"corrected t", fmt::format("t = {:.4f}", test->t), fmt::format("df = {}", test->df),
                          p_cell(test->p), "", "95 % " + interval_cell(test->low, test->high)});
  }
  if (const auto& test = comparison.wilcoxon) {
    table.rows.push_back({"Wilcoxon signed-rank, " + std::string(to_string(test->method)),
                          fmt::format("W = {:.6g}", test->statistic), fmt::format("n = {}", test->n),
                          p_cell(test->p), fmt::format("r_rb = {:.2f}", test->rank_biserial), ""});
  }
  if (const auto& test = comparison.sign_test) {
    table.rows.push_back({"sign", fmt::format("{} above, {} below", test->positive, test->negative),
                          fmt::format("n = {}", test->positive + test->negative), p_cell(test->p), "", ""});
  }
  if (const auto& test = comparison.normality) {
    table.rows.push_back({"Shapiro–Wilk of the differences", fmt::format("W = {:.4f}", test->statistic),
                          fmt::format("n = {}", comparison.pairs.size()), p_cell(test->p), "", ""});
  }
  if (const auto& test = comparison.equivalence) {
    table.rows.push_back({fmt::format("equivalence within ±{:.6g}", test->margin), "",
                          fmt::format("df = {}", comparison.t_test->df), p_cell(test->p), "",
                          "90 % " + interval_cell(test->low, test->high)});
  }
  return table;
}

TextTable pairwise_table(const ManyComparison& comparison) {
  TextTable table{.columns = {"pair of conditions", "mean difference", "t", "p", "p, Holm", "Wilcoxon p",
                              "p, Holm", "sign p", "p, Holm"},
                  .rows = {}};
  const auto tested = [&](auto test) {
    return std::ranges::find_if(comparison.pairwise, [&](const PairwiseComparison& pair) {
      return (pair.comparison.*test).has_value();
    });
  };
  const bool corrected = tested(&Comparison::corrected) != comparison.pairwise.end();
  const auto equivalence = tested(&Comparison::equivalence);
  if (corrected) table.columns.insert(table.columns.end(), {"corrected t p", "p, Holm"});
  if (equivalence != comparison.pairwise.end()) {
    const double margin = equivalence->comparison.equivalence->margin;
    table.columns.insert(table.columns.end(),
                         {fmt::format("equivalence within ±{:.6g} p", margin), "p, Holm"});
  }
  table.columns.emplace_back("Nemenyi");
  for (const PairwiseComparison& pair : comparison.pairwise) {
    const Comparison& each = pair.comparison;
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {printable(each.first + " - " + each.second),
           each.t_test ? fmt::format("{:.4f}", each.t_test->mean_difference) : "",
           each.t_test ? fmt::format("{:.4f}", each.t_test->t) : ""};
    const auto add = [&](const auto& test, const std::optional<double>& adjusted) {
      row.insert(row.end(), {test ? p_cell(test->p) : "", p_cell(adjusted)});
    };
    add(each.t_test, pair.t_test_p);
    add(each.wilcoxon, pair.wilcoxon_p);
    add(each.sign_test, pair.sign_test_p);
    if (corrected) add(each.corrected, pair.corrected_p);
    if (equivalence != comparison.pairwise.end()) add(each.equivalence, pair.equivalence_p);
    row.emplace_back(pair.nemenyi ? "apart" : "not apart");
  }
  return table;
}

std::string to_text(const TextTable& table) {
  std::vector<std::size_t> widths;
  for (const std::string& column : table.columns) widths.push_back(width(column));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string blanks(widths[i] - width(cells[i]), ' ');
      text += i == 0 ? cells[i] + blanks : "  " + blanks + cells[i];
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
  };
  std::string text = line(table.columns);
  for (const auto& row : table.rows) text += line(row);
  return text;
}

std::string to_latex(const TextTable& table, const std::string& caption) {
  std::string one_line = caption;
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  std::string text = "% " + one_line + "\n\\begin{tabular}{l" + std::string(table.columns.size() - 1, 'r') +
                     "}\n\\toprule\n" + latex_row(table.columns) + "\\midrule\n";
  for (const auto& row : table.rows) text += latex_row(row);
  return text + "\\bottomrule\n\\end{tabular}\n";
}

}  // namespace gamut::statistics
