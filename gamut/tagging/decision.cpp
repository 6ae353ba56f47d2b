#include <array>
#include <utility>

#include "gamut/core/error.h"
#include "gamut/tagging/model.h"

namespace gamut::tagging {
namespace {

constexpr std::array<std::pair<Decision, std::string_view>, 3> kDecisions{
    {{Decision::tuned, "tuned"}, {Decision::half, "0.5"}, {Decision::corrected, "corrected"}}};

}  // namespace

std::string_view to_string(Decision decision) {
  for (const auto& [known, word] : kDecisions) {
    if (known == decision) return word;
  }
  return "";
}

Decision parse_decision(std::string_view word) {
  for (const auto& [decision, known] : kDecisions) {
    if (known == word) return decision;
  }
  throw ParameterError("no decision `" + std::string(word) + "`; take tuned, 0.5 or corrected");
}

}  // namespace gamut::tagging
