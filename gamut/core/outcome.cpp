#include "gamut/core/outcome.h"

#include <string>

#include "gamut/core/error.h"

namespace gamut {

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
      return "ok";
    case Outcome::partial:
      return "partial";
    case Outcome::failed:
      return "failed";
  }
  return "failed";
}

Outcome parse_outcome(std::string_view word) {
  for (Outcome outcome : {Outcome::ok, Outcome::partial, Outcome::failed}) {
    if (word == to_string(outcome)) return outcome;
  }
  throw ParameterError("unknown outcome \"" + std::string(word) + "\"; known are ok, partial and failed");
}

}  // namespace gamut
