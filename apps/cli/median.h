#pragma once

#include <vector>

namespace gamut::cli {

/// @param values  at least one.
double median(std::vector<double> values);

}  // namespace gamut::cli
