#pragma once

#include <boost/beast/http/message.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "apps/server/http_server.h"

namespace gamut::server {

using RequestHeader = boost::beast::http::request_header<>;

/// Where a request goes; views of its target.
struct Target {
  std::string_view path;
  std::string_view query;  ///< after the "?", not decoded
};

/// Reads "/v1/model?x=1", and "http://host/v1/model?x=1", whose host is this server by whatever name.
///
/// @throws HttpError  400: a URL without a host.
/// @source RFC 9112, 3.2.1 and 3.2.2: what clients of a proxy send is to be understood by every server.
Target parse_target(std::string_view target);

/// "GET, HEAD": the methods that a path takes; empty where there is nothing.
std::string allowed_methods(const std::vector<Route>& routes, std::string_view path);

/// @throws HttpError  404: nothing is at the path; 405: it takes other methods.
const Route& find_route(const std::vector<Route>& routes, std::string_view method, std::string_view path);

/// Refuses what needs no body to be refused: what two readers could take for different requests, what this
/// server does not understand, and who may not use the route.
///
/// @throws HttpError  400, 401, 403, 415, 417 or 501.
void check_header(const RequestHeader& header, const Route& route, const HttpOptions& options);

}  // namespace gamut::server
