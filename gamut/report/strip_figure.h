#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gamut/report/figures.h"

namespace gamut::report {

/// A dot with or without its interval.
struct StripDot {
  std::string panel, row, set;  ///< set: what colours it
  std::string what;             ///< shown where the pointer rests, such as the architecture
  double value = 0;
  std::optional<double> low = {}, high = {};
};

/// Values on a common axis, a row a thing: for reading off which intervals overlap.
struct Strip {
  std::vector<StripDot> dots;
  std::vector<std::string> rows;  ///< from the top down
  std::vector<std::string> sets;  ///< beside each other within a row, in one colour and shape each
  std::string value_title;
  std::string set_title = "Scale";
  std::optional<double> reference = {};  ///< a line across all rows, such as 0
  bool side_by_side = true;              ///< whether sets are apart within a row
  bool unit_axis = true;                 ///< whether the axis runs from 0 to 1; else around the values
};

/// The specification of a strip, with a panel for each name of `dots`.
Json make_strip(const Strip& strip, const std::string& description);

}  // namespace gamut::report
