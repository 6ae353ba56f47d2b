#include "gamut/core/words.h"
#include "gamut/tagging/model.h"

namespace gamut::tagging {
namespace {

constexpr auto kDecisions = std::to_array<Word<Decision>>(
    {{Decision::tuned, "tuned"}, {Decision::half, "0.5"}, {Decision::corrected, "corrected"}});

}  // namespace

std::string_view to_string(Decision decision) {
  return word_of(decision, kDecisions);
}

Decision parse_decision(std::string_view word) {
  return parse_word("decision", word, kDecisions);
}

}  // namespace gamut::tagging
