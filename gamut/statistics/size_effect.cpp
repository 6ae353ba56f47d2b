#include "gamut/statistics/size_effect.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/statistics/rounding.h"
#include "gamut/statistics/wording.h"

namespace gamut::statistics {
namespace {

bool all_equal(const std::vector<double>& values) {
  return std::ranges::count(values, values[0]) == std::ssize(values);
}

std::vector<double> positives_of(const std::vector<std::string>& genres,
                                 const std::map<std::string, double>& training_positives) {
  std::vector<double> positives;
  std::vector<std::string> unknown;
  for (const std::string& genre : genres) {
    const auto found = training_positives.find(genre);
    if (found == training_positives.end()) {
      unknown.push_back(printable(genre));
    } else {
      positives.push_back(found->second);
    }
  }
  if (!unknown.empty()) {
    throw ParameterError(
        fmt::format("size of genres: no number of training songs for {}", join_words(unknown)));
  }
  return positives;
}

std::string sentence(const SizeEffect& effect, const std::string& metric) {
  const std::string head = fmt::format("With {} ", printable(effect.condition));
  if (!effect.test) {
    return head + fmt::format("the relation of {} to the number of training songs was not tested ({}).",
                              metric, effect.note);
  }
  const SpearmanTest& test = *effect.test;
  const std::string interval =
      test.interval ? fmt::format(", 95 % interval [{:.2f}, {:.2f}]", test.interval->low, test.interval->high)
                    : "";
  std::string_view finding = "a relation to the number of training songs is not shown at the 5 % level";
  if (test.p < kLevel) {
    finding = test.rho > 0 ? "genres with more training songs score higher"
                           : "genres with more training songs score lower";
  }
  return head + fmt::format(
                    "the {} of the genres and their training songs have Spearman's rho = {:.2f} (n = "
                    "{}{}, {}): {}.",
                    metric, test.rho, test.n, interval, p_text(test.p), finding);
}

}  // namespace

std::vector<SizeEffect> measure_size_effect(const std::vector<Observation>& observations,
                                            const TableRoles& roles,
                                            const std::map<std::string, double>& training_positives) {
  if (roles.pair_by.size() != 1) {
    throw ParameterError("size of genres: one column, and no more, must name the genres");
  }
  const PairedTable table = make_paired_table(observations, roles);
  const std::vector<double> positives = positives_of(table.pairs, training_positives);
  std::vector<SizeEffect> effects;
  for (std::size_t c = 0; c < table.conditions.size(); ++c) {
    SizeEffect& effect = effects.emplace_back();
    effect.condition = table.conditions[c];
    effect.genres = table.pairs;
    effect.positives = positives;
    effect.values = table.of_condition(c);
    const std::vector<double> values = without_rounding(effect.values);
    if (table.pairs.size() < 3) {
      effect.note = fmt::format("{} of at least 3 genres", table.pairs.size());
    } else if (all_equal(positives) || all_equal(values)) {
      effect.note = all_equal(positives) ? "all genres are of one size" : "all genres have the same value";
    } else {
      effect.test = spearman(positives, values);
    }
  }
  return effects;
}

std::string describe(const std::vector<SizeEffect>& effects, const std::string& metric) {
  std::vector<std::string> sentences;
  for (const SizeEffect& effect : effects) sentences.push_back(sentence(effect, printable(metric)));
  return join(sentences, " ");
}

Json to_json(const std::vector<SizeEffect>& effects) {
  Json json = Json::array();
  for (const SizeEffect& effect : effects) {
    Json genres = Json::array();
    for (std::size_t i = 0; i < effect.genres.size(); ++i) {
      genres.push_back(
          {{"name", effect.genres[i]}, {"positives", effect.positives[i]}, {"value", effect.values[i]}});
    }
    const bool has_interval = effect.test && effect.test->interval;
    json.push_back({{"condition", effect.condition},
                    {"genres", genres},
                    {"rho", effect.test ? Json(effect.test->rho) : Json(nullptr)},
                    {"low", has_interval ? Json(effect.test->interval->low) : Json(nullptr)},
                    {"high", has_interval ? Json(effect.test->interval->high) : Json(nullptr)},
                    {"p", effect.test ? Json(effect.test->p) : Json(nullptr)},
                    {"note", effect.note}});
  }
  return json;
}

}  // namespace gamut::statistics
