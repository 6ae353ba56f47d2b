#pragma once

#include <span>
#include <string>
#include <vector>

#include "gamut/evaluation/results.h"
#include "gamut/report/comparison.h"

namespace gamut::report {

/// Which scale, in a headline without a full stop. It says which value is higher, not which is better: a log
/// loss is better low.
std::string headline(const ScaleComparisons& comparisons);

/// By how much, in a sentence or two.
std::string how_much(const ScaleComparisons& comparisons);

/// How sure that is: the tests with their n.
std::string how_sure(const ScaleComparisons& comparisons);

/// The answer of a run in a few short lines of plain text, for a terminal; the report has the rest.
std::vector<std::string> short_verdict(std::span<const evaluation::ResultRow> results);

}  // namespace gamut::report
