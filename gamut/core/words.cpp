#include "gamut/core/words.h"

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut {

void refuse_word(std::string_view what, std::string_view word, const std::vector<std::string>& known) {
  throw ParameterError("unknown " + std::string(what) + " \"" + printable(word) + "\"; known are " +
                       join_words(known));
}

}  // namespace gamut
