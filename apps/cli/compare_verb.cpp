#include <fmt/format.h>

#include <memory>
#include <optional>
#include <set>

#include "apps/cli/verbs.h"
#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/statistics/comparison_table.h"
#include "gamut/statistics/load_observations.h"

namespace gamut::cli {
namespace {

using statistics::ComparisonOptions;
using statistics::Observation;
using statistics::TableRoles;
using statistics::TableSelection;
using statistics::TextTable;

struct CompareArguments {
  std::filesystem::path table;
  std::vector<std::string> wide, where;
  std::string between, metric, wilcoxon = "automatic";
  std::vector<std::string> pair_by, average_over;
  double equivalence = ComparisonOptions().equivalence_margin;
  std::optional<double> test_share;
  bool as_json = false, as_latex = false;
};

std::pair<std::string, std::string> split_at_equals(const std::string& text, std::string_view option,
                                                    std::string_view form) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || equals + 1 == text.size()) {
    throw ParameterError(fmt::format("{} \"{}\"; it must be {}", option, printable(text), form));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

ComparisonOptions options_of(const CompareArguments& arguments) {
  ComparisonOptions options{.wilcoxon = statistics::parse_wilcoxon_method(arguments.wilcoxon),
                            .equivalence_margin = arguments.equivalence};
  if (arguments.test_share) {
    const double share = *arguments.test_share;
    if (!(share > 0 && share < 1)) {
      throw ParameterError(fmt::format("--test-share {}; it must lie between 0 and 1", share));
    }
    options.test_to_train = share / (1 - share);
  }
  return options;
}

std::vector<Observation> load(const CompareArguments& arguments, TableRoles& roles) {
  TableSelection selection{.metric = arguments.metric};
  for (const std::string& condition : arguments.where) {
    selection.where.push_back(split_at_equals(condition, "--where", "COLUMN=VALUE"));
  }
  if (arguments.wide.empty() == arguments.table.empty()) {
    throw ParameterError("compare: name either one TABLE.csv or --wide NAME=FILE.csv NAME=FILE.csv …");
  }
  if (!arguments.table.empty()) {
    if (roles.between.empty())
      throw ParameterError("compare: --between says which column is compared; name it");
    return load_observations(arguments.table, selection, roles);
  }
  if (roles.between.empty()) roles.between = "file";
  roles.summaries = {"Aggregated"};
  std::vector<std::pair<std::string, std::filesystem::path>> files;
  for (const std::string& file : arguments.wide) {
    files.emplace_back(split_at_equals(file, "--wide", "NAME=FILE.csv"));
  }
  return load_wide_observations(files, selection, roles);
}

bool has_more_than_two(const std::vector<Observation>& observations, const std::string& between) {
  std::set<std::string> conditions;
  for (const Observation& observation : observations) conditions.insert(observation.columns.at(between));
  return conditions.size() > 2;
}

void print(const CompareArguments& arguments, const std::string& sentence, const TextTable& table,
           const Json& json) {
  if (arguments.as_json) {
    Json document = {{"metric", arguments.metric}, {"sentence", sentence}};
    document.update(json);
    fmt::print("{}\n", dump_json(document, 2));
  } else if (arguments.as_latex) {
    fmt::print("{}", to_latex(table, sentence));
  } else {
    fmt::print("{}\n\n{}", sentence, to_text(table));
  }
}

ExitCode run_compare(const CompareArguments& arguments) {
  const ComparisonOptions options = options_of(arguments);
  TableRoles roles{
      .between = arguments.between, .pair_by = arguments.pair_by, .average_over = arguments.average_over};
  const std::vector<Observation> observations = load(arguments, roles);
  if (has_more_than_two(observations, roles.between)) {
    const statistics::ManyComparison comparison = compare_many(observations, roles, options);
    print(arguments, describe(comparison, arguments.metric), pairwise_table(comparison), to_json(comparison));
  } else {
    const statistics::Comparison comparison = compare(observations, roles, options);
    print(arguments, describe(comparison, arguments.metric), tests_table(comparison), to_json(comparison));
  }
  return kDone;
}

}  // namespace

void add_compare_verb(CLI::App& app, Work& work) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* verb = app.add_subcommand("compare", "Paired tests between conditions of any tidy table");
  verb->add_option("table", arguments->table,
                   "CSV: a value a row, with the columns metric and value, or a column called as the metric");
  verb->add_option("--wide", arguments->wide,
                   "NAME=FILE.csv …: in place of TABLE, one file a condition, one row a pair; rows called "
                   "Aggregated are no pair")
      ->expected(2, CLI::detail::expected_max_vector_size);
  verb->add_option("--between", arguments->between, "Column whose values are compared, such as scale");
  verb->add_option("--pair-by", arguments->pair_by, "Columns that together name a pair, such as genre")
      ->required()
      ->delimiter(',')
      ->allow_extra_args(false);
  verb->add_option("--metric", arguments->metric, "Metric compared, such as f1")->required();
  verb->add_option("--where", arguments->where,
                   "COLUMN=VALUE, repeatable: only such rows; several values of one column mean any of them")
      ->allow_extra_args(false);
  verb->add_option("--average-over", arguments->average_over, "Columns averaged over before pairing")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb->add_option(
          "--wilcoxon", arguments->wilcoxon,
          "How its p is found: automatic (exact up to 50 pairs, or 13 with ties or zeros), exact or normal")
      ->capture_default_str();
  verb->add_option("--equivalence", arguments->equivalence,
                   "Largest mean difference that would not matter, in the metric's unit")
      ->capture_default_str();
  verb->add_option("--test-share", arguments->test_share,
                   "The pairs are repeated splits of the same songs with this share in the test part: adds "
                   "Nadeau and Bengio's corrected t test");
  auto* json = verb->add_flag("--json", arguments->as_json, "One JSON document with every number");
  verb->add_flag("--latex", arguments->as_latex, "A LaTeX table (booktabs)")->excludes(json);
  verb->callback([&work, arguments] { work = [arguments] { return run_compare(*arguments); }; });
}

}  // namespace gamut::cli
