#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gamut {

/// HTML that is safe to write into a page. Text becomes HTML only through text(), which escapes it, so a
/// title such as
/// `<script>` cannot slip through.
class Html {
 public:
  Html() = default;
  const std::string& str() const { return markup_; }
  bool empty() const { return markup_.empty(); }
  Html& operator+=(const Html& other) {
    markup_ += other.markup_;
    return *this;
  }
  friend Html operator+(Html left, const Html& right) { return left += right; }

  /// Markup that is known to be safe: the functions below are meant to be its only callers.
  static Html trusted(std::string markup) {
    Html html;
    html.markup_ = std::move(markup);
    return html;
  }

 private:
  std::string markup_;
};

/// Names are ours; values are escaped.
using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// Plain text, escaped for element content and quoted attributes alike. Control characters that HTML forbids
/// and bytes that are not UTF-8 become U+FFFD.
Html text(std::string_view plain);

/// `<tag attributes>content</tag>`.
Html element(std::string_view tag, const Attributes& attributes, const Html& content);
Html element(std::string_view tag, const Html& content);
Html element(std::string_view tag, std::string_view plain);

/// An element without content or end tag: `<img …>`.
Html void_element(std::string_view tag, const Attributes& attributes);

/// A data block, `<script type="application/json">`; no value in `json` can end the element.
/// @param json  serialised JSON, UTF-8.
Html json_script(const std::string& json);

}  // namespace gamut
