#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gamut {

/// Without blanks (space, tab, CR, LF) at both ends.
std::string_view trim(std::string_view text);

/// The trimmed, non-empty parts between separators: "a; b;;c" gives a, b, c.
std::vector<std::string> split_list(std::string_view text, char separator);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// A file-name-safe form of a label that stays different for different labels: lower case ASCII letters,
/// digits and dashes, and where more than case and single blanks was lost, eight hex digits of its hash.
/// "New Age" -> "new-age", "Hip-Hop" -> "hip-hop-…", "R&B" -> "r-b-…".
std::string slug(std::string_view label);

/// `value` in the shortest form that reads back the same; "nan", "inf" and "-inf" for the others.
std::string format_number(double value);

/// "a", "a and b", "a, b and c".
std::string join_words(const std::vector<std::string>& words);

/// A path or label for a one-line message: control characters escaped (newline as \n), the rest as it is.
std::string printable(std::string_view text);

}  // namespace gamut
