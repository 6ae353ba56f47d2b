#include "gamut/core/outcome.h"
#include "gamut/core/words.h"

namespace gamut {
namespace {

constexpr auto kOutcomes = std::to_array<Word<Outcome>>(
    {{Outcome::ok, "ok"}, {Outcome::partial, "partial"}, {Outcome::failed, "failed"}});

}  // namespace

std::string_view to_string(Outcome outcome) {
  return word_of(outcome, kOutcomes);
}

Outcome parse_outcome(std::string_view word) {
  return parse_word("outcome", word, kOutcomes);
}

}  // namespace gamut
