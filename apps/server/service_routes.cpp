#include "apps/server/openapi.h"
#include "apps/server/routes.h"

#include "gamut/core/json.h"

namespace gamut::server {

DecodeRequest DecodeLimits::request(std::vector<Json> front_ends) const {
  return {.front_ends = std::move(front_ends),
          .max_duration_s = max_duration_s,
          .max_cpu_s = max_cpu_s,
          .max_memory_bytes = max_memory_bytes,
          .max_picture_bytes = max_picture_bytes};
}

Route openapi_route() {
  return {.method = "GET", .path = "/openapi.json", .is_open = true, .handle = [](const Request&) {
            return Response{.content_type = "application/json", .body = std::string(openapi())};
          }};
}

std::vector<Route> asset_routes(const std::vector<Asset>& assets) {
  std::vector<Route> routes;
  for (const Asset& asset : assets) {
    routes.push_back({.method = "GET",
                      .path = std::string(asset.path),
                      .is_open = true,
                      .handle = [asset](const Request&) {
                        return Response{.content_type = std::string(asset.content_type),
                                        .body = std::string(asset.bytes),
                                        .headers = {{"Content-Security-Policy", std::string(kPagePolicy)},
                                                    {"Cache-Control", "no-cache"}}};
                      }});
  }
  return routes;
}

}  // namespace gamut::server
