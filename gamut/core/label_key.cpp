#include "gamut/core/label_key.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "gamut/core/text.h"

namespace gamut {
namespace {

/// The text through utf8proc; none where it is not UTF-8.
std::optional<std::string> map_text(std::string_view text, int options) {
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                             static_cast<utf8proc_option_t>(UTF8PROC_STABLE | options));
  if (size < 0) return std::nullopt;
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

std::u32string characters(std::string_view text) {
  std::u32string list;
  auto* byte = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t character = 0;
    utf8proc_ssize_t used = utf8proc_iterate(byte, left, &character);
    if (used < 1) {
      constexpr utf8proc_int32_t kPastUnicode = 0x110000;
      character = kPastUnicode + *byte;
      used = 1;
    }
    list.push_back(static_cast<char32_t>(character));
    byte += used;
    left -= used;
  }
  return list;
}

bool is_letter_or_digit(char32_t character) {
  const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(character));
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

void append(std::string& text, char32_t character) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

}  // namespace

bool is_utf8(std::string_view text) {
  auto* byte = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t character = 0;
    const utf8proc_ssize_t used = utf8proc_iterate(byte, left, &character);
    if (used < 1) return false;
    byte += used;
    left -= used;
  }
  return true;
}

std::string label_key(std::string_view label) {
  label = trim(label);
  return map_text(label, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD).value_or(std::string(label));
}

std::string near_label_key(std::string_view label) {
  const std::optional<std::string> folded =
      map_text(label, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
  if (!folded) return label_key(label);
  std::string key, word;
  const auto end_word = [&] {
    key += word == "n" ? "and" : word;
    word.clear();
  };
  for (const char32_t character : characters(*folded)) {
    if (is_letter_or_digit(character)) {
      append(word, character);
      continue;
    }
    end_word();
    if (character == U'&') key += "and";
  }
  end_word();
  return key.empty() ? label_key(label) : key;
}

std::u32string near_label_characters(std::string_view label) {
  return characters(near_label_key(label));
}

double label_similarity(const std::u32string& x, const std::u32string& y, double least) {
  const std::size_t longer = std::max(x.size(), y.size());
  if (longer == 0) return 1;
  const auto similarity = [&](std::size_t edits) {
    return 1 - static_cast<double>(edits) / static_cast<double>(longer);
  };
  if (similarity(longer - std::min(x.size(), y.size())) < least) return 0;

  std::vector<std::size_t> two_above, above(y.size() + 1), row(y.size() + 1);
  for (std::size_t j = 0; j <= y.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= x.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= y.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
    }
    two_above = std::exchange(above, row);
  }
  const double result = similarity(above[y.size()]);
  return result < least ? 0 : result;
}

}  // namespace gamut
