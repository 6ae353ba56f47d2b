#include "apps/server/request_header.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>

#include "apps/server/http_error.h"
#include "gamut/core/text.h"

namespace gamut::server {
namespace {

namespace beast = boost::beast;
using beast::http::field;

/// Takes as long wherever two texts of one length differ.
bool equal_in_constant_time(std::string_view left, std::string_view right) {
  unsigned difference = left.size() == right.size() ? 0 : 1;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^
                              static_cast<unsigned char>(right[i % std::max<std::size_t>(1, right.size())]));
  }
  return difference == 0;
}

/// What two readers could take for requests of different lengths, or to different servers.
void check_framing(const RequestHeader& header) {
  if (header.count(field::host) > 1 || (header.version() == 11 && header.count(field::host) == 0)) {
    throw HttpError(400, "malformed", "a request has one Host header");
  }
  if (header.count(field::content_length) + header.count(field::transfer_encoding) > 1) {
    throw HttpError(400, "malformed", "a request says once how long its body is");
  }
  if (header.count(field::transfer_encoding) == 1 &&
      (header.version() < 11 || !beast::iequals(header[field::transfer_encoding], "chunked"))) {
    throw HttpError(501, "bad_encoding", "the only Transfer-Encoding that is understood is chunked");
  }
}

/// A server without a token is for its own machine. A page from elsewhere is, too, once its name is made to
/// point at this machine ("DNS rebinding"), and the browser then takes both for one site; but it sends that
/// name.
void check_host(const RequestHeader& header, const std::string& own_name) {
  const auto value = header[field::host];
  std::string_view host(value.data(), value.size());
  host = host.substr(0, host.find(host.starts_with('[') ? "]" : ":"));
  const bool is_ipv4_loopback =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
  const auto is = [&](const std::string& name) { return beast::iequals({host.data(), host.size()}, name); };
  if (host.empty() || host == "[::1" || is_ipv4_loopback || is("localhost") || is(own_name)) return;
  throw HttpError(403, "other_host",
                  "without a token this server answers to localhost alone, not to " +
                      printable(host.substr(0, 64)) + "; give it a token to be asked by another name");
}

void check_token(const RequestHeader& header, const std::string& token) {
  const auto authorization = header[field::authorization];
  const std::string_view given(authorization.data(), authorization.size());
  const std::string_view scheme = given.substr(0, 7);
  if (beast::iequals(beast::string_view(scheme.data(), scheme.size()), "bearer ") &&
      equal_in_constant_time(given.substr(7), token)) {
    return;
  }
  throw HttpError(401, "unauthorized", "this request needs the header 'Authorization: Bearer TOKEN'");
}

/// Removes what a URL of a web server starts with. @return whether it was there.
bool take_scheme(std::string_view& target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    const std::string_view start = target.substr(0, scheme.size());
    if (!beast::iequals({start.data(), start.size()}, {scheme.data(), scheme.size()})) continue;
    target.remove_prefix(scheme.size());
    return true;
  }
  return false;
}

}  // namespace

Target parse_target(std::string_view target) {
  const bool is_url = take_scheme(target);
  if (is_url) {
    const std::size_t host_end = std::min(target.find_first_of("/?"), target.size());
    if (host_end == 0) throw HttpError(400, "malformed", "the URL of the request names no host");
    target.remove_prefix(host_end);
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  const std::string_view path = target.substr(0, question);
  return {.path = is_url && path.empty() ? "/" : path,
          .query = target.substr(std::min(question + 1, target.size()))};
}

std::string allowed_methods(const std::vector<Route>& routes, std::string_view path) {
  std::vector<std::string> methods;
  for (const Route& route : routes) {
    if (route.path != path) continue;
    methods.push_back(route.method);
    if (route.method == "GET") methods.emplace_back("HEAD");
  }
  return join(methods, ", ");
}

const Route& find_route(const std::vector<Route>& routes, std::string_view method, std::string_view path) {
  for (const Route& route : routes) {
    if (route.path == path && (route.method == method || (route.method == "GET" && method == "HEAD"))) {
      return route;
    }
  }
  const std::string allowed = allowed_methods(routes, path);
  if (!allowed.empty()) throw HttpError(405, "bad_method", "this path takes " + allowed + " only");
  throw HttpError(404, "not_found", "there is nothing at this path; GET /openapi.json says what there is");
}

void check_header(const RequestHeader& header, const Route& route, const HttpOptions& options) {
  check_framing(header);
  if (header.count(field::content_encoding) > 0 &&
      !beast::iequals(header[field::content_encoding], "identity")) {
    throw HttpError(415, "bad_encoding", "bodies are taken as they are, without a Content-Encoding");
  }
  if (header.count(field::expect) > 0 && !beast::iequals(header[field::expect], "100-continue")) {
    throw HttpError(417, "bad_expectation", "the only Expect that is understood is 100-continue");
  }
  if (options.token.empty()) {
    check_host(header, options.host);
  } else if (!route.is_open) {
    check_token(header, options.token);
  }
  if (header["Sec-Fetch-Site"] == "cross-site" && route.method != "GET") {
    throw HttpError(403, "cross_site", "pages of other sites may not use this server");
  }
}

}  // namespace gamut::server
