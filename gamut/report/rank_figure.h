#pragma once

#include <string_view>

#include "gamut/report/figures.h"
#include "gamut/statistics/compare_many.h"

namespace gamut::report {

/// Critical-difference diagram: the conditions at their mean ranks, the best on the left, Nemenyi's critical
/// difference as a bar, and a bar of its own for each group in which no two are shown to differ.
/// @param comparison  with friedman.
/// @source Demšar, Journal of Machine Learning Research 7 (2006) 1-30.
Figure make_rank_figure(const statistics::ManyComparison& comparison, std::string_view metric);

}  // namespace gamut::report
