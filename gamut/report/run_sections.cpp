#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/report/html_table.h"
#include "gamut/report/sections.h"

namespace gamut::report {
namespace {

/// Links to those sections that the page has.
Html contents(const Html& main) {
  constexpr std::pair<const char*, const char*> kSections[] = {{"music", "Music and split"},
                                                               {"pictures", "Pictures"},
                                                               {"architectures", "By architecture"},
                                                               {"genres", "By genre"},
                                                               {"test", "Test"},
                                                               {"songs", "Song by song"},
                                                               {"gain", "Gain"},
                                                               {"size", "Genre size"},
                                                               {"baselines", "Baselines"},
                                                               {"decisions", "Decisions"},
                                                               {"leaks", "Leaks"},
                                                               {"calibration", "Calibration"},
                                                               {"confusion", "Confusion"},
                                                               {"aggregates", "Aggregates"},
                                                               {"learning", "Learning curves"},
                                                               {"gallery", "Best and worst"},
                                                               {"cost", "Cost"},
                                                               {"configuration", "Configuration"}};
  Html items;
  for (const auto& [id, title] : kSections) {
    // Escaped text and JSON hold no bare id="…": what is found is a heading of ours.
    if (main.str().find(fmt::format("id=\"{}\"", id)) == std::string::npos) continue;
    items += element("li", element("a", {{"href", fmt::format("#{}", id)}}, text(title)));
  }
  return element("nav", {{"aria-label", "Contents"}}, element("ul", items));
}

/// The bytes of a data: address; anything but Base64 would let a file break out of it.
const std::string& checked_base64(const std::string& png) {
  const bool clean = std::all_of(png.begin(), png.end(), [](unsigned char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
  });
  if (!clean)
    throw FileError("summary.json: the PNG of an example is not Base64; run the report's evaluation again");
  return png;
}

Html picture(const Json& example, int number) {
  const auto scale = example.at("scale").get<std::string>();
  const auto title = example.value("title", example.value("song", ""));
  const auto reduce = example.value("reduce", "");
  const Html image = void_element(
      "img", {{"src", "data:image/png;base64," + checked_base64(example.at("png").get<std::string>())},
              {"alt", fmt::format("Spectrogram of {} on the scale {}", title, scale)}});
  Html caption = element("b", fmt::format("Figure {}.", number)) + text(fmt::format(" {}, {}", title, scale));
  if (!reduce.empty()) caption += element("span", "reduce " + reduce);
  return element("figure", {{"id", fmt::format("figure-{}", number)}},
                 image + element("figcaption", caption));
}

}  // namespace

Html make_header(const RunFiles& files, const Scores& scores, const Html& main) {
  const Json& summary = files.summary;
  const Json songs = summary.value("songs", Json::object());
  const Json cells = summary.value("cells", Json::object());
  std::string line = fmt::format(
      "{} songs of {} in the catalogue, {} genres; {}; {}; {} of {} networks trained", songs.value("used", 0),
      songs.value("catalogue", 0), summary.value("genres", Json::array()).size(), join_words(scores.sets),
      join_words(scores.architectures), cells.value("total", 0) - cells.value("failed", 0),
      cells.value("total", 0));
  if (const int failed = cells.value("failed", 0); failed > 0) line += fmt::format(", {} failed", failed);
  return element("header", element("h1", summary.at("name").get<std::string>()) +
                               element("p", {{"class", "muted"}}, text(line + ".")) + contents(main));
}

Html make_pictures_section(const RunFiles& files, int& figures) {
  Html pictures;
  for (const Json& example : files.summary.value("examples", Json::array()))
    pictures += picture(example, ++figures);
  const Html content = pictures.empty() ? element("p", "The run kept no example.")
                                        : element("p",
                                                  "What the networks see. Time runs from left to right, "
                                                  "frequency from the bottom up; bright is "
                                                  "loud.") +
                                              element("div", {{"class", "pictures"}}, pictures);
  return element("section", {{"aria-labelledby", "pictures"}},
                 element("h2", {{"id", "pictures"}}, text("The same song on each scale")) + content);
}

Html make_configuration_section(const RunFiles& files) {
  const Json made_with = files.summary.value("created_with", Json::object());
  Table versions{
      .caption = "Versions that made this run.", .columns = {{"Software"}, {"Version"}}, .rows = {}};
  versions.rows.push_back({"gamut", made_with.value("gamut", "unknown")});
  const Json libraries = made_with.value("libraries", Json::object());
  for (const auto& [name, version] : libraries.items())
    versions.rows.push_back({name, version.get<std::string>()});

  const Json songs = files.summary.value("songs", Json::object());
  Table counts{.caption = "What became of the catalogue\u2019s songs.",
               .columns = {{"Songs"}, {"Count", true}},
               .rows = {}};
  for (const auto& [key, name] : {std::pair{"catalogue", "in the catalogue"},
                                  {"labelled", "with labels"},
                                  {"used", "used in the experiment"},
                                  {"partial_left_out", "left out: decoded only in part"},
                                  {"failed", "left out: could not be decoded"}}) {
    if (songs.contains(key)) counts.rows.push_back({name, std::to_string(songs.at(key).get<std::int64_t>())});
  }
  Html content = element("pre", {{"tabindex", "0"}}, element("code", files.experiment_toml));
  if (!counts.rows.empty()) content += to_html(counts);
  return element("section", {{"aria-labelledby", "configuration"}},
                 element("h2", {{"id", "configuration"}}, text("Configuration and versions")) + content +
                     to_html(versions));
}

}  // namespace gamut::report
