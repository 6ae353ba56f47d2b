#pragma once

#include <string>
#include <string_view>

namespace gamut {

/// Whether every byte belongs to a well-formed UTF-8 character.
bool is_utf8(std::string_view text);

/// What labels are compared by: two labels are one and the same where their keys are equal. A key is trimmed,
/// in Unicode's normal form C and case-folded in full ("Straße" and "STRASSE" are one label); it is never
/// printed. Text that is not UTF-8 is trimmed only, and so equals nothing but itself.
/// @source The Unicode Standard 15.0, section 3.13, D145 (canonical caseless matching).
std::string label_key(std::string_view label);

/// A coarser key, equal for labels that one would suspect of being one: letters and digits alone, without
/// accents, in compatibility form; `&`, "and" and "n" between words are the same. "Drum & Bass",
/// "drum'n'bass" and "Drum-and-Bass" share one. For messages and suggestions; nothing is mapped by it.
/// A label without any letter or digit has its label_key().
std::string near_label_key(std::string_view label);

/// The characters of a near_label_key(), so that one label is compared with many; a byte that is not UTF-8
/// stands for itself, past all characters.
std::u32string near_label_characters(std::string_view label);

/// How alike two labels are: 1 minus the edit distance of their near_label_characters() (insertions,
/// deletions, substitutions and swaps of neighbours) over the length of the longer.
/// @param least  below it 0 is returned, where possible without the work.
/// @return 0 to 1; 1 where both are equal.
/// @source Optimal string alignment: Damerau, 1964, Communications of the ACM 7 (3).
double label_similarity(const std::u32string& a, const std::u32string& b, double least = 0);

}  // namespace gamut
