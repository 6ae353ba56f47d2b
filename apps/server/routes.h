#pragma once

#include <string_view>
#include <vector>

#include "apps/server/decoder.h"
#include "apps/server/http_server.h"

namespace gamut::server {

/// What one upload may cost.
struct DecodeLimits {
  double max_duration_s = 1200;
  int max_cpu_s = 60;                         ///< of its child
  std::size_t max_memory_bytes = 1 << 30;     ///< address space of its child
  std::size_t max_picture_bytes = 128 << 20;  ///< of all pictures made of it
  /// Of those that are sent: one of the largest size. On its way a byte of a picture becomes three of colour,
  /// as many of a PNG and four of Base64, which are there twice at the end.
  std::size_t max_sent_picture_bytes = 16 << 20;

  /// What is asked of a child within these limits.
  DecodeRequest request(std::vector<Json> front_ends) const;
};

/// A file of the web page, embedded in the program.
struct Asset {
  std::string_view path;          ///< "/" or "/page.js"
  std::string_view content_type;  ///< with its charset
  std::string_view bytes;
};

/// What the page may load and do: its own files, this server's API, and sounds and pictures that it made
/// itself.
inline constexpr std::string_view kPagePolicy =
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' blob: data:; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

/// POST /v1/spectrogram: a recording's picture on one scale as PNG, or on several with their axes as JSON.
/// @param decoder  outlives it.
Route spectrogram_route(Decoder& decoder, const DecodeLimits& limits);

/// GET /openapi.json, the description of all routes, which is embedded.
Route openapi_route();

/// GET of each asset, open to all, with a policy that lets the page use this server alone.
std::vector<Route> asset_routes(const std::vector<Asset>& assets);

}  // namespace gamut::server
