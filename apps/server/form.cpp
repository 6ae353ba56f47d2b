#include "apps/server/form.h"

#include <algorithm>

#include "apps/server/multipart.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

constexpr std::size_t kLongestValue = 256;  // bytes
/// Bytes of all names and values: less than a fork server takes where JSON writes each with six and repeats
/// all for eight scales.
constexpr std::size_t kLongestForm = 2048;

}  // namespace

Form::Form(const Request& request) {
  for (const auto& [name, value] : request.query) add(name, value);
  Upload& body = *request.body;
  if (is_multipart(request.content_type)) {
    const std::vector<FormPart> parts = parse_multipart(request.content_type, body.bytes());
    const auto is_file = [](const FormPart& part) { return part.is_file; };
    if (std::ranges::count_if(parts, is_file) != 1) {
      throw HttpError(400, "bad_form", "a form has one file; send several recordings in several requests");
    }
    for (const FormPart& part : parts) {
      if (!part.is_file) add(part.name, part.contents);
    }
    body.keep_only(std::ranges::find_if(parts, is_file)->contents);
  }
  if (body.size() == 0) {
    throw HttpError(400, "no_recording",
                    "there is no recording; send an audio file as the body or in a form");
  }
}

void Form::add(const std::string& name, std::string_view value) {
  if (value.size() > kLongestValue) {
    throw HttpError(400, "bad_option", printable(name.substr(0, 64)) + " is longer than 256 bytes");
  }
  if (std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first) != fields_.end()) {
    throw HttpError(400, "bad_option", printable(name.substr(0, 64)) + " is given twice");
  }
  size_ += name.size() + value.size();
  if (size_ > kLongestForm) {
    throw HttpError(400, "bad_option", "the options are longer than 2048 bytes together");
  }
  fields_.emplace_back(name, value);
}

std::string Form::take(const std::string& name, std::string otherwise) {
  const auto found = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
  if (found == fields_.end()) return otherwise;
  std::string value = std::move(found->second);
  fields_.erase(found);
  return value;
}

Json Form::rest() const {
  Json rest = Json::object();
  for (const auto& [name, value] : fields_) {
    const Json parsed = Json::parse(value, nullptr, false);
    rest[name] = parsed.is_number() ? parsed : Json(value);
  }
  return rest;
}

void Form::refuse_rest(const std::vector<std::string>& known) const {
  if (fields_.empty()) return;
  throw HttpError(400, "bad_option",
                  "unknown option " + printable(fields_.front().first.substr(0, 64)) + "; known are " +
                      join_words(known));
}

}  // namespace gamut::server
