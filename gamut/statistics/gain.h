#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gamut/core/json_fwd.h"
#include "gamut/statistics/friedman.h"
#include "gamut/statistics/paired_table.h"
#include "gamut/statistics/spearman.h"

namespace gamut::statistics {

/// What the paper's second question, "does the gain hold?", is asked of.
struct GainQuestion {
  std::string between = "scale", baseline = "linear", candidate = "mel";
  std::string pair_by = "genre";
  std::string depth = "architecture";
  std::vector<std::string> settings = {"initialisation",
                                       "reduce"};  ///< further columns that the gain may hang on
  std::vector<std::string> average_over = {"repeat"};
};

/// The gain, candidate - baseline, in one combination of depth and settings.
struct CombinationGain {
  std::string depth;
  std::vector<std::string> settings;  ///< values, in the order of GainQuestion::settings
  std::vector<double> gains;          ///< one a genre, in the order of GainTable::pairs
  double mean = 0;
  std::optional<Interval> interval;  ///< 95 %, by the t distribution; none where the gains do not vary
  std::optional<double> t_test_p, wilcoxon_p;            ///< two-sided; none where there is no such test
  std::optional<double> t_test_p_holm, wilcoxon_p_holm;  ///< adjusted for all combinations of the table
};

/// Whether the genres' gains differ between the depths, by Friedman's test, within one choice of the
/// settings.
struct GainInteraction {
  std::vector<std::string> settings;
  std::vector<std::string> depths;       ///< the conditions of the test, in the order of its mean ranks
  std::optional<FriedmanTest> friedman;  ///< the blocks are the genres
  std::optional<double> p_holm;  ///< FriedmanTest::best_p(), adjusted for all interactions of the table
  std::string note;              ///< why there is no test; else empty
};

struct GainTable {
  GainQuestion question;
  std::vector<std::string> pairs;     ///< the genres
  std::vector<std::string> left_out;  ///< names of aggregates
  std::vector<CombinationGain> combinations;
  std::vector<GainInteraction> interactions;  ///< one for each choice of the settings
};

/// The gain of `candidate` over `baseline` for each combination of depth and settings and each genre, and
/// whether it is the same at every depth. A combination that has values of one of the two only is refused.
///
/// @param observations  rows of one metric, part and decision, with the columns that `question` names; rows
/// of other values of `between` are passed over.
/// @throws ParameterError  as make_paired_table, naming the combination; combinations of different genres.
GainTable measure_gains(const std::vector<Observation>& observations, const GainQuestion& question = {});

/// Whether the gain holds, in plain sentences: in how many combinations it is above 0, and shown after Holm's
/// adjustment; and whether a change with depth is shown.
std::string describe(const GainTable& table, const std::string& metric);

/// between, baseline, candidate, pairs, left_out, combinations [{depth, settings {column: value}, gains,
/// mean, low, high, t_test_p, wilcoxon_p, t_test_p_holm, wilcoxon_p_holm}], interactions [{settings, depths,
/// mean_ranks, statistic, df, p, iman_davenport_p, exact_p, p_holm, note}]; null for what is absent.
Json to_json(const GainTable& table);

}  // namespace gamut::statistics
