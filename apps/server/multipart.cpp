#include "apps/server/multipart.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "apps/server/http_error.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

constexpr std::size_t kLongestBoundary = 70;  // RFC 2046
constexpr std::size_t kLongestHeader = 8192;  // bytes of one part's header lines
constexpr std::size_t kMostParts = 64;

[[noreturn]] void refuse(const std::string& complaint) {
  throw HttpError(400, "bad_form", "the form is not multipart/form-data as RFC 7578 has it: " + complaint);
}

bool equal_but_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(
      left, right, [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

/// A header's value and its parameters: `form-data; name="file"; filename="a \"b\".mp3"`.
class HeaderValue {
 public:
  explicit HeaderValue(std::string_view text) : rest_(text), value_(trim(text.substr(0, take_to(";")))) {}

  std::string_view value() const { return value_; }

  /// None where there is no such parameter.
  std::optional<std::string> parameter(std::string_view name) const {
    HeaderValue copy = *this;
    while (!copy.rest_.empty()) {
      copy.rest_.remove_prefix(1);  // ";"
      const std::string_view before = copy.rest_;
      const std::size_t end = copy.take_to("=;");
      const std::string_view key = trim(before.substr(0, end));
      if (copy.rest_.empty() || copy.rest_.front() == ';') continue;
      copy.rest_.remove_prefix(1);  // "="
      std::string text = copy.take_text();
      if (equal_but_case(key, name)) return text;
    }
    return std::nullopt;
  }

 private:
  std::size_t take_to(std::string_view stops) {
    const std::size_t end = std::min(rest_.find_first_of(stops), rest_.size());
    rest_.remove_prefix(end);
    return end;
  }

  std::string take_text() {
    const std::string_view before = rest_;
    const std::size_t start = std::min(rest_.find_first_not_of(" \t"), rest_.size());
    if (start == rest_.size() || rest_[start] != '"')
      return std::string(trim(before.substr(0, take_to(";"))));
    std::string text;
    rest_.remove_prefix(start + 1);
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    take_to(";");
    return text;
  }

  std::string_view rest_;
  std::string_view value_;
};

/// The name and kind of a part, from its header lines.
FormPart read_header(std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(line.size() + 2, lines.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos ||
        !equal_but_case(trim(line.substr(0, colon)), "content-disposition")) {
      continue;
    }
    const HeaderValue disposition(line.substr(colon + 1));
    const std::optional<std::string> name = disposition.parameter("name");
    if (!equal_but_case(disposition.value(), "form-data") || !name) break;
    const bool is_file = disposition.parameter("filename") || disposition.parameter("filename*");
    return {.name = *name, .is_file = is_file, .contents = {}};
  }
  refuse("a part has no 'Content-Disposition: form-data; name=\"…\"'");
}

}  // namespace

bool is_multipart(std::string_view content_type) {
  return equal_but_case(HeaderValue(content_type).value(), "multipart/form-data");
}

std::vector<FormPart> parse_multipart(std::string_view content_type, std::string_view body) {
  const std::string boundary = HeaderValue(content_type).parameter("boundary").value_or("");
  if (boundary.empty() || boundary.size() > kLongestBoundary) {
    refuse("its Content-Type needs a boundary of 1 to 70 characters");
  }
  const std::string delimiter = "\r\n--" + boundary;
  // The first delimiter may stand at the very start, without the line break before it.
  std::size_t at = 0;
  if (body.starts_with(std::string_view(delimiter).substr(2))) {
    at = delimiter.size() - 2;
  } else {
    at = body.find(delimiter);
    if (at == std::string_view::npos) refuse("the boundary that its Content-Type names does not occur");
    at += delimiter.size();
  }
  std::vector<FormPart> parts;
  while (!body.substr(at).starts_with("--")) {
    const std::size_t blanks = std::min(body.find_first_not_of(" \t", at), body.size());
    if (!body.substr(blanks).starts_with("\r\n")) refuse("a boundary is followed by more than a line break");
    if (parts.size() == kMostParts) refuse("it has more than 64 parts");
    // From the line break on, so that a part without header lines is found too.
    const std::string_view rest = body.substr(blanks);
    const std::size_t header_end = rest.substr(0, kLongestHeader).find("\r\n\r\n");
    if (header_end == std::string_view::npos) refuse("a part's header has no end within 8192 bytes");
    parts.push_back(read_header(rest.substr(2, header_end < 2 ? 0 : header_end - 2)));
    // The blank line's last break may belong to the delimiter of a part without contents.
    const std::string_view contents = rest.substr(header_end + 4);
    std::size_t end = contents.find(delimiter);
    if (contents.starts_with(std::string_view(delimiter).substr(2))) {
      end = 0;
      at = static_cast<std::size_t>(contents.data() - body.data()) + delimiter.size() - 2;
    } else if (end == std::string_view::npos) {
      refuse("its last boundary is missing: the body was cut short");
    } else {
      at = static_cast<std::size_t>(contents.data() - body.data()) + end + delimiter.size();
    }
    parts.back().contents = contents.substr(0, end);
  }
  return parts;
}

}  // namespace gamut::server
