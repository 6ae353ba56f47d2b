#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gamut/core/html.h"
#include "gamut/core/json.h"
#include "gamut/report/html_table.h"
#include "gamut/report/scores.h"
#include "gamut/statistics/compare.h"

namespace gamut::report {

/// A Vega-Lite specification with its data inlined, and what stands around it. The specification names no
/// colour and no width of the page: the page's script fills them in.
struct Figure {
  std::string title;
  std::string explanation;  ///< how to read it
  std::string description;  ///< for those who cannot see it
  Json specification;
  Table data;  ///< the same values
};

/// Box plots over genres by architecture and picture set, a panel for each kind of initial weights.
Figure make_box_figure(const Scores& scores, std::string_view metric);

/// One metric by genre for one architecture, a panel for each kind of initial weights.
/// @param genres  from the top down.
Figure make_genre_figure(const Scores& scores, std::string_view metric, std::string_view architecture,
                         const std::vector<std::string>& genres);

/// A comparison of two conditions as a figure calls it.
struct TitledComparison {
  std::string title;
  const statistics::Comparison* comparison;
};

/// Normal quantile–quantile plot of the paired differences, a panel a comparison.
/// @param comparisons  with a normality test; at least one.
Figure make_qq_figure(const std::vector<TitledComparison>& comparisons, std::string_view metric);

/// `<figure>` with caption, drawing, specification and table.
/// @param number  counted from 1 through the report.
Html to_html(const Figure& figure, int number);

}  // namespace gamut::report
