#include "gamut/tagging/explanation_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "gamut/core/base64.h"
#include "gamut/core/html.h"
#include "gamut/core/png.h"
#include "gamut/core/text.h"
#include "gamut/spectra/colour_map.h"
#include "gamut/spectra/frequency_axis.h"

namespace gamut::tagging {
namespace {

constexpr double kWidth = 1040;
constexpr double kSide = 440;  // of a picture
constexpr double kTop = 96;    // of the pictures
constexpr double kLeft = 64;
constexpr double kRight = 560;
constexpr double kListTop = kTop + kSide + 96;
constexpr double kLine = 22;

/// What speaks for the genre shines in the picture's colours; the rest is grey and dark.
RgbImage light_up(const Explanation& explanation, const spectra::ColourMap map) {
  RgbImage image = spectra::paint(explanation.picture.picture, map);
  const spectra::Picture& picture = explanation.picture.picture;
  for (int y = 0; y < image.height; ++y) {
    const int row = picture.height - 1 - y % picture.height;
    for (int x = 0; x < image.width; ++x) {
      const double heat = explanation.heat[static_cast<std::size_t>(row * image.width + x)];
      std::uint8_t* pixel = &image.pixels[static_cast<std::size_t>(3 * (y * image.width + x))];
      const double grey = 0.3 * (0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]);
      for (int channel = 0; channel < 3; ++channel) {
        pixel[channel] = static_cast<std::uint8_t>(std::lround(heat * pixel[channel] + (1 - heat) * grey));
      }
    }
  }
  return image;
}

Html label(double x, double y, const std::string& anchor, const std::string& words,
           const std::string& style = "label") {
  return element("text",
                 {{"x", fmt::format("{:.1f}", x)},
                  {"y", fmt::format("{:.1f}", y)},
                  {"text-anchor", anchor},
                  {"class", style}},
                 text(words));
}

Html line(double x1, double y1, double x2, double y2) {
  return element("line",
                 {{"x1", fmt::format("{:.1f}", x1)},
                  {"y1", fmt::format("{:.1f}", y1)},
                  {"x2", fmt::format("{:.1f}", x2)},
                  {"y2", fmt::format("{:.1f}", y2)}},
                 Html());
}

/// 1, 2 or 5 times a power of ten seconds, so that there are at most seven of them.
double tick_distance(double length_s) {
  double distance = 0.01;
  for (int step = 0; length_s / distance > 7; ++step) distance *= step % 3 == 1 ? 2.5 : 2;
  return distance;
}

std::string frequency_name(double frequency_hz) {
  return frequency_hz < 1000 ? fmt::format("{:g}", frequency_hz) : fmt::format("{:g}k", frequency_hz / 1000);
}

Html draw_picture(double left, const RgbImage& image, const std::string& title, const ExplanationPage& page) {
  const Explanation& explanation = page.explanation;
  Html drawing = label(left, kTop - 14, "start", title, "title");
  drawing += element("image",
                     {{"x", fmt::format("{:.1f}", left)},
                      {"y", fmt::format("{:.1f}", kTop)},
                      {"width", fmt::format("{:.1f}", kSide)},
                      {"height", fmt::format("{:.1f}", kSide)},
                      {"preserveAspectRatio", "none"},
                      {"href", "data:image/png;base64," + base64(encode_png(image))}},
                     Html());
  const int planes = explanation.picture.picture.planes;
  const double height = kSide / planes;
  const spectra::FrontEnd front_end(page.card.front_end);
  for (int plane = 0; plane < planes; ++plane) {
    const double bottom = kTop + (plane + 1) * height;
    for (const spectra::FrequencyTick& tick : make_frequency_ticks(front_end, 0.06 * planes)) {
      const double y = bottom - tick.height * height;
      drawing +=
          line(left - 5, y, left, y) + label(left - 8, y + 4, "end", frequency_name(tick.frequency_hz));
    }
  }
  const double start_s = explanation.picture.start_s;
  const double distance_s = tick_distance(explanation.length_s);
  for (double time = std::ceil(start_s / distance_s) * distance_s;
       time <= start_s + explanation.length_s + 1e-9; time += distance_s) {
    const double x = left + (time - start_s) / std::max(explanation.length_s, 1e-9) * kSide;
    drawing += line(x, kTop + kSide, x, kTop + kSide + 5) +
               label(x, kTop + kSide + 20, "middle", fmt::format("{:g}", time));
  }
  drawing += label(left + kSide, kTop + kSide + 38, "end", "seconds");
  drawing += label(left - 8, kTop - 14, "end", "Hz");
  return drawing;
}

std::string verdict(const GenreScore& genre) {
  return fmt::format("{}: score {:.2f}, threshold {:.2f}: {}", genre.genre, genre.score, genre.threshold,
                     genre.given ? "given" : "not given");
}

/// At most `n` characters, no character cut in two.
std::string shorten(const std::string& words, std::size_t n) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(words[i]) & 0xC0) != 0x80;
    if (starts_character && ++characters > n) return words.substr(0, i) + "…";
  }
  return words;
}

Html list_neighbour(double y, const Neighbour& neighbour) {
  const std::string song = std::filesystem::path(neighbour.song).filename().string();
  return label(kLeft, y, "start", fmt::format("{:.3f}", neighbour.similarity)) +
         label(kLeft + 56, y, "start", shorten(song, 40)) +
         label(kLeft + 370, y, "start", shorten(neighbour.artist, 24)) +
         label(kLeft + 560, y, "start", shorten(neighbour.album, 28)) +
         label(kLeft + 770, y, "start", shorten(neighbour.genres, 24));
}

}  // namespace

std::string draw_explanation(const ExplanationPage& page) {
  const Explanation& explanation = page.explanation;
  const spectra::ColourMap map = spectra::parse_colour_map(page.card.colour_map);
  Html drawing = label(kLeft, 34, "start", page.title, "heading");
  drawing += label(kLeft, 58, "start", verdict(explanation.genre), "title");
  drawing += draw_picture(kLeft, spectra::paint(explanation.picture.picture, map),
                          "What the network saw: " + page.card.scale, page);
  drawing += draw_picture(kRight, light_up(explanation, map),
                          "Where it saw " + explanation.genre.genre + " (Grad-CAM)", page);
  double y = kListTop;
  if (page.neighbours && !page.neighbours->empty()) {
    drawing += label(kLeft, y, "start", "The nearest training songs, by cosine similarity", "title");
    for (const Neighbour& neighbour : *page.neighbours) {
      drawing += list_neighbour(y += kLine, neighbour);
    }
  } else if (page.neighbours) {
    drawing +=
        label(kLeft, y, "start",
              "The model was exported without its training songs (--neighbours), so that none can be shown.",
              "label");
  }
  const std::string style =
      "text{font-family:'DejaVu Sans',Verdana,sans-serif;fill:#222}.label{font-size:13px}"
      ".title{font-size:15px}.heading{font-size:20px;font-weight:bold}line{stroke:#222}";
  const double height = y + 2 * kLine;
  return element("svg",
                 {{"xmlns", "http://www.w3.org/2000/svg"},
                  {"viewBox", fmt::format("0 0 {:.0f} {:.0f}", kWidth, height)},
                  {"width", fmt::format("{:.0f}", kWidth)},
                  {"height", fmt::format("{:.0f}", height)},
                  {"role", "img"}},
                 element("title", page.title + ": " + verdict(explanation.genre)) + element("style", style) +
                     element("rect", {{"width", "100%"}, {"height", "100%"}, {"fill", "white"}}, Html()) +
                     drawing)
      .str();
}

std::string write_explanation(const ExplanationPage& page) {
  const Html head =
      void_element("meta", {{"charset", "utf-8"}}) +
      void_element("meta", {{"name", "viewport"}, {"content", "width=device-width"}}) +
      element("title", page.title) +
      element("style",
              "body{margin:0 auto;max-width:1040px;background:white}svg{max-width:100%;height:auto}");
  return "<!DOCTYPE html>\n" +
         element("html", {{"lang", "en"}},
                 element("head", head) + element("body", Html::trusted(draw_explanation(page))))
             .str();
}

}  // namespace gamut::tagging
