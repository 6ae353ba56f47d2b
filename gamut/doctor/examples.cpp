#include "gamut/doctor/examples.h"

#include <fmt/format.h>

#include <algorithm>

namespace gamut::doctor {

std::string examples(const std::vector<std::string>& lines, std::size_t shown) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), shown); ++i) text += "    " + lines[i] + "\n";
  if (lines.size() > shown) {
    text += fmt::format("    … and {} more; --json lists all\n", lines.size() - shown);
  }
  return text;
}

std::string count(std::size_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

}  // namespace gamut::doctor
