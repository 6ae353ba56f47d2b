#include "gamut/core/number.h"

#include <charconv>
#include <cmath>

#include "gamut/core/text.h"

namespace gamut {

std::optional<double> parse_finite(std::string_view field) {
  field = trim(field);
  const char* end = field.data() + field.size();
  double value = 0;
  const auto [stop, error] = std::from_chars(field.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace gamut
