#include "gamut/demo/recipe.h"

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::demo {

const Recipe& recipe_of(std::string_view subgenre) {
  const auto& all = recipes();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Recipe& r) { return r.subgenre == subgenre; });
  if (found != all.end()) return *found;
  std::vector<std::string> known;
  for (const Recipe& recipe : all) known.push_back(recipe.subgenre);
  throw ParameterError("the built-in music has no subgenre \"" + printable(subgenre) + "\"; it has " +
                       join_words(known));
}

Recipe blend(const Recipe& first, const Recipe& second) {
  Recipe both = first;
  both.bus_pump = std::max(first.bus_pump, second.bus_pump);
  both.layers.clear();
  for (const Recipe* recipe : {&first, &second}) {
    for (Layer layer : recipe->layers) {
      if (layer.chance < 1) layer.chance *= 0.4;
      both.layers.push_back(layer);
    }
  }
  if (first.grooves.empty()) {
    both.grooves = second.grooves;
    both.drums_db = second.drums_db;
  } else if (!second.grooves.empty()) {
    both.grooves.clear();
    for (const Groove& one : first.grooves) {
      for (const Groove& other : second.grooves) {
        Groove joined = one;
        joined.insert(joined.end(), other.begin(), other.end());
        both.grooves.push_back(joined);
      }
    }
  }
  return both;
}

}  // namespace gamut::demo
