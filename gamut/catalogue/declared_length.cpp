#include "gamut/catalogue/declared_length.h"

#include <fmt/format.h>

#include "gamut/catalogue/source.h"
#include "gamut/core/number.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {

bool is_length(double seconds) {
  return seconds > 0 && seconds <= kLongestDeclaredS;
}

std::optional<double> DeclaredLengths::read(std::string_view field, const std::filesystem::path& file,
                                            std::size_t line) {
  if (trim(field).empty()) return std::nullopt;
  const std::optional<double> seconds = parse_finite(field);
  if (seconds && is_length(*seconds)) return seconds;
  if (seconds && *seconds == 0) return std::nullopt;
  if (++passed_over_ == 1) {
    const std::string what = '"' + printable(field) + '"';
    first_ = line == 0 ? printable(file.string()) + ": " + what : at_line(file, line, what);
  }
  return std::nullopt;
}

void DeclaredLengths::warn(std::vector<std::string>& warnings) const {
  if (passed_over_ == 0) return;
  warnings.push_back(fmt::format(
      "{} declared lengths are no numbers of seconds above 0 and up to {} and were left out; the first is {}",
      passed_over_, kLongestDeclaredS, first_));
}

}  // namespace gamut::catalogue
