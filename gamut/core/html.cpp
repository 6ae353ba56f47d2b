#include "gamut/core/html.h"

#include "gamut/core/json.h"

namespace gamut {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

/// The bytes with everything that is not UTF-8 replaced; the JSON writer does just that.
std::string valid_utf8(std::string_view bytes) {
  return Json::parse(dump_json(Json(bytes))).get<std::string>();
}

std::string escape(std::string_view plain) {
  std::string escaped;
  for (char c : valid_utf8(plain)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\t':
      case '\n':
        escaped += c;
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          escaped += kReplacement;
        } else {
          escaped += c;
        }
    }
  }
  return escaped;
}

std::string start_tag(std::string_view tag, const Attributes& attributes) {
  std::string markup = "<" + std::string(tag);
  for (const auto& [name, value] : attributes) {
    markup += " " + std::string(name) + "=\"" + escape(value) + "\"";
  }
  return markup + ">";
}

}  // namespace

Html text(std::string_view plain) {
  return Html::trusted(escape(plain));
}

Html element(std::string_view tag, const Attributes& attributes, const Html& content) {
  return Html::trusted(start_tag(tag, attributes) + content.str() + "</" + std::string(tag) + ">");
}

Html element(std::string_view tag, const Html& content) {
  return element(tag, {}, content);
}

Html element(std::string_view tag, std::string_view plain) {
  return element(tag, {}, text(plain));
}

Html void_element(std::string_view tag, const Attributes& attributes) {
  return Html::trusted(start_tag(tag, attributes));
}

Html json_script(const std::string& json) {
  std::string safe;
  for (char c : json) {
    // "<" occurs in JSON inside strings only, where the escape means the same: no "</script" and no "<!--" is
    // left.
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return Html::trusted("<script type=\"application/json\">" + safe + "</script>");
}

}  // namespace gamut
