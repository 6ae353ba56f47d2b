#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gamut::server {

/// A part of a multipart/form-data body.
struct FormPart {
  std::string name;           ///< of the form's field
  bool is_file = false;       ///< it has a file name, whatever it is; the name itself is not kept
  std::string_view contents;  ///< within the body
};

/// @param content_type  of the request.
/// @return true where it names multipart/form-data.
bool is_multipart(std::string_view content_type);

/// The parts of a multipart/form-data body, in order.
///
/// @param content_type  of the request, with its boundary of 1 to 70 characters.
/// @param body          whole; the parts' contents point into it.
/// @throws HttpError  400: no boundary, no end, a part without a name, a header of more than 8192 bytes, or
/// more than 64 parts.
/// @source RFC 7578 and RFC 2046, section 5.1.
std::vector<FormPart> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace gamut::server
