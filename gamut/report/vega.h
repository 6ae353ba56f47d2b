#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gamut/core/json_fwd.h"

// Parts that the figures' Vega-Lite specifications are put together from. None names a colour or a width of
// the page: the page's script fills them in.
namespace gamut::report {

/// An axis or colour of named levels in our order: an explicit domain keeps levels out of Vega's expressions.
Json nominal(const std::string& field, const std::vector<std::string>& levels);

/// An axis of numbers; `scale` as in Vega-Lite.
Json quantitative(const std::string& field, const std::string& title, const Json& scale);

/// A tooltip of (field, title) pairs; the fields in `numbers` are shown with three decimals.
Json tooltip(const std::vector<std::pair<std::string, std::string>>& fields,
             const std::vector<std::string>& numbers);

/// A transform that keeps the rows whose `kind` is this. Rows of the kind "line" are no data of the figure's
/// table.
Json only(const std::string& kind);

/// What the page must know to fit a figure into its width.
struct Shape {
  std::size_t panels = 1;
  std::size_t boxes = 0;            ///< box plots side by side in one panel
  std::vector<std::string> legend;  ///< its entries
};

/// The frame that all figures share: panels, named by the field `panel`, beside each other, data inside.
/// @param spec  with `layer`.
Json faceted(const std::string& description, const Json& values, const Shape& shape, Json spec);

}  // namespace gamut::report
