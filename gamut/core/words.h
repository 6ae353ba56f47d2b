#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gamut {

/// A value of an enumeration and its word in files, options and messages.
template <class Enum>
struct Word {
  Enum value;
  std::string_view word;
};

/// @throws ParameterError  `unknown WHAT "WORD"; known are A, B and C`.
[[noreturn]] void refuse_word(std::string_view what, std::string_view word,
                              const std::vector<std::string>& known);

/// The word of a value, one of `words`.
template <class Enum, std::size_t n>
constexpr std::string_view word_of(Enum value, const std::array<Word<Enum>, n>& words) {
  for (const Word<Enum>& known : words) {
    if (known.value == value) return known.word;
  }
  return words.front().word;
}

/// The value of a word.
///
/// @param what  what the words are, for the message.
/// @throws ParameterError  as refuse_word().
template <class Enum, std::size_t n>
Enum parse_word(std::string_view what, std::string_view word, const std::array<Word<Enum>, n>& words) {
  std::vector<std::string> all;
  for (const Word<Enum>& known : words) {
    if (known.word == word) return known.value;
    all.emplace_back(known.word);
  }
  refuse_word(what, word, all);
}

}  // namespace gamut
