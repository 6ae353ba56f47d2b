#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gamut/core/html.h"

namespace gamut::report {

struct Column {
  std::string name;
  bool numeric = false;  ///< set flush right
};

/// A table as it is read: every cell is already text.
struct Table {
  std::string caption;  ///< none where empty
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  ///< each as long as `columns`; the first cell names the row
};

/// The table, in a box that scrolls sideways where the page is too narrow.
Html to_html(const Table& table);

/// A fixed number of decimals; "undefined" where there is no value.
std::string fixed(std::optional<double> value, int decimals = 3);

/// "0.0027", "0.0496", "< 0.001": a p value as it is read, with a third digit near 0.05.
std::string p_value(double p);

}  // namespace gamut::report
