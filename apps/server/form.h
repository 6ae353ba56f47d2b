#pragma once

#include <string>
#include <utility>
#include <vector>

#include "apps/server/http_server.h"
#include "gamut/core/json_fwd.h"

namespace gamut::server {

/// What came with a recording: the names of the query and the fields of the form, each once.
class Form {
 public:
  /// Leaves the recording alone in the request's body, which is the form's one file, or the whole body where
  /// it is no form.
  ///
  /// @throws HttpError  400: a broken form, no recording or more than one, a name twice, a value of more than
  /// 256 bytes, names and values of more than 2048 together.
  explicit Form(const Request& request);

  /// The value of a name, which is thereby known; `otherwise` where it was not given.
  std::string take(const std::string& name, std::string otherwise);

  /// The names not taken, as JSON: numbers where the values read as such, otherwise text.
  Json rest() const;

  /// @throws HttpError  400: a name was given that nobody took; the message has `known`.
  void refuse_rest(const std::vector<std::string>& known) const;

 private:
  void add(const std::string& name, std::string_view value);

  std::vector<std::pair<std::string, std::string>> fields_;
  std::size_t size_ = 0;  // bytes of all that were given
};

}  // namespace gamut::server
