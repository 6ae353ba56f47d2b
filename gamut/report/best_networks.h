#pragma once

#include <optional>
#include <span>

#include "gamut/evaluation/results.h"

namespace gamut::report {

/// The networks that the report shows closely: those with the highest macro F1 of the test songs at the
/// decision 0.5. The row says their scale, reduce, strategy, architecture, initialisation, fold and repeat;
/// of equals the first. None where no row has such a value.
std::optional<evaluation::ResultRow> best_networks(std::span<const evaluation::ResultRow> results);

}  // namespace gamut::report
