#include "gamut/training/check_examples.h"

#include <fmt/core.h>

#include "gamut/core/error.h"

namespace gamut::training {
namespace {

void check(const Examples& examples, std::size_t outputs, std::size_t rows, std::string_view what) {
  for (const std::size_t row : examples.rows) {
    if (row >= rows) {
      throw ParameterError(
          fmt::format("a {} example is row {} of a picture set of {} rows", what, row, rows));
    }
  }
  for (const float target : examples.targets) {
    if (target != 0 && target != 1) {
      throw ParameterError(fmt::format("a {} example has the label {}; 0 and 1 are known", what, target));
    }
  }
  if (examples.targets.size() != examples.rows.size() * outputs) {
    throw ParameterError(fmt::format("{} labels do not fit {} {} examples of {} outputs",
                                     examples.targets.size(), examples.rows.size(), what, outputs));
  }
}

}  // namespace

void check_examples(const Examples& train, const Examples& validation,
                    std::span<const std::size_t> score_rows, int outputs, std::size_t rows) {
  const auto n_outputs = static_cast<std::size_t>(outputs);
  check(train, n_outputs, rows, "training");
  check(validation, n_outputs, rows, "validation");
  for (const std::size_t row : score_rows) {
    if (row >= rows)
      throw ParameterError(fmt::format("row {} of a picture set of {} rows cannot be scored", row, rows));
  }
  for (std::size_t output = 0; output < n_outputs; ++output) {
    std::size_t positives = 0;
    for (std::size_t i = output; i < train.targets.size(); i += n_outputs)
      positives += train.targets[i] == 1 ? 1 : 0;
    const std::size_t negatives = train.rows.size() - positives;
    if (positives == 0 || negatives == 0) {
      throw ModelError(fmt::format(
          "output {} has {} positive and {} negative training examples; at least one of each is needed",
          output, positives, negatives));
    }
  }
  if (validation.rows.empty()) {
    throw ModelError("no validation examples, by which the best epoch is chosen; set a share of songs aside");
  }
}

}  // namespace gamut::training
