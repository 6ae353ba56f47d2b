#pragma once

#include <string_view>

namespace gamut {

/// What became of one song in a batch.
enum class Outcome {
  ok,       ///< everything was read
  partial,  ///< decoding was cut short; what was got is usable
  failed,   ///< nothing usable; the reason says why
};

std::string_view to_string(Outcome outcome);

/// @throws ParameterError  a word that is none of ok, partial, failed.
Outcome parse_outcome(std::string_view word);

}  // namespace gamut
