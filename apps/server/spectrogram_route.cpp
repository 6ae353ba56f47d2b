#include <fmt/format.h>

#include <charconv>

#include "apps/server/form.h"
#include "apps/server/routes.h"
#include "gamut/core/base64.h"
#include "gamut/core/json.h"
#include "gamut/core/png.h"
#include "gamut/core/text.h"
#include "gamut/spectra/colour_map.h"
#include "gamut/spectra/front_end.h"

namespace gamut::server {
namespace {

constexpr std::size_t kMostScales = 8;

struct SpectrogramRequest {
  std::vector<Json> front_ends;
  spectra::ColourMap colours = spectra::ColourMap::magma;
  bool as_json = false;
};

/// "400x250" as the options picture_width and picture_height, which the child checks.
void set_picture_size(const std::string& size, Json& options) {
  const std::size_t times = std::min(size.find('x'), size.size());
  const auto set = [&](const char* name, std::string_view digits) {
    int pixels = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), pixels);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      throw HttpError(400, "bad_option", "picture_size must be WIDTHxHEIGHT or one number, in pixels");
    }
    options[name] = pixels;
  };
  set("picture_width", std::string_view(size).substr(0, times));
  set("picture_height", times == size.size() ? size : std::string_view(size).substr(times + 1));
}

SpectrogramRequest read_form(Form form) {
  SpectrogramRequest request;
  const std::string format = form.take("format", "png");
  if (format != "png" && format != "json") throw HttpError(400, "bad_option", "format must be png or json");
  request.as_json = format == "json";
  try {
    request.colours = spectra::parse_colour_map(form.take("colour_map", "magma"));
  } catch (const ParameterError& error) {
    throw HttpError(400, "bad_option", error.what());
  }
  const std::vector<std::string> scales = split_list(form.take("scale", "mel"), ',');
  if (scales.empty() || scales.size() > kMostScales) {
    throw HttpError(400, "bad_option", fmt::format("scale must name 1 to {} scales", kMostScales));
  }
  if (scales.size() > 1 && !request.as_json) {
    throw HttpError(400, "bad_option", "several scales make several pictures; ask for format=json");
  }
  const std::string size = form.take("picture_size", "");
  Json options = form.rest();
  if (!size.empty()) set_picture_size(size, options);
  if (options.contains("segment_s")) {
    throw HttpError(400, "bad_option", "segment_s would make many pictures; a spectrogram is one");
  }
  for (const std::string& scale : scales) {
    options["scale"] = scale;
    request.front_ends.push_back(options);
  }
  return request;
}

std::string draw(const DecodedSet& set, spectra::ColourMap colours) {
  return encode_png(paint(set.pictures.front().picture, colours));
}

Json describe(const DecodedUpload& upload, spectra::ColourMap colours) {
  Json pictures = Json::array();
  for (const DecodedSet& set : upload.sets) {
    const spectra::Picture& picture = set.pictures.front().picture;
    pictures.push_back({{"scale", set.options.at("scale")},
                        {"options", set.options},
                        {"width", picture.width},
                        {"height", picture.height},
                        {"planes", picture.planes},
                        {"frequencies_hz", set.frequencies_hz},
                        {"ticks", set.ticks},
                        {"png", base64(draw(set, colours))}});
  }
  return {{"outcome", to_string(upload.outcome)},
          {"reason", upload.reason},
          {"duration_s", upload.duration_s},
          {"pictures", std::move(pictures)}};
}

}  // namespace

Route spectrogram_route(Decoder& decoder, const DecodeLimits& limits) {
  return {.method = "POST",
          .path = "/v1/spectrogram",
          .is_work = true,
          .handle = [&decoder, limits](const Request& request) {
            const SpectrogramRequest wanted = read_form(Form(request));
            DecodeRequest decoded = limits.request(wanted.front_ends);
            decoded.max_picture_bytes = limits.max_sent_picture_bytes;
            const DecodedUpload upload =
                decoder.decode(*request.body, decoded, request.deadline, *request.cancellation);
            if (!wanted.as_json)
              return Response{.content_type = "image/png", .body = draw(upload.sets.front(), wanted.colours)};
            return Response{.content_type = "application/json",
                            .body = dump_json(describe(upload, wanted.colours)) + "\n"};
          }};
}

}  // namespace gamut::server
