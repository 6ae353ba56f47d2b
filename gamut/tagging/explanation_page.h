#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gamut/tagging/model.h"
#include "gamut/tagging/neighbours.h"

namespace gamut::tagging {

/// What an explanation is shown with.
struct ExplanationPage {
  std::string title;  ///< the song
  const Explanation& explanation;
  const ModelCard& card;
  /// An empty list: the model has no training songs; nothing: none are to be shown.
  const std::optional<std::vector<Neighbour>>& neighbours;
};

/// A drawing: the picture as the network saw it, and the same with what speaks for the genre lit up, with
/// axes in seconds and Hz, and the nearest training songs. SVG, 1040 units wide; nothing outside it is
/// needed.
std::string draw_explanation(const ExplanationPage& page);

/// The same as a page for a browser, whole in itself.
std::string write_explanation(const ExplanationPage& page);

}  // namespace gamut::tagging
