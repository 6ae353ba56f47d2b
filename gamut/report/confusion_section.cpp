#include <fmt/format.h>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/decisions.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/report/figures.h"
#include "gamut/report/sections.h"
#include "gamut/report/vega.h"

namespace gamut::report {
namespace {

constexpr std::size_t kMostGenresWithNumbers = 8;  // more, and the numbers overlap on a phone

/// For every true genre, how many of its songs were given each genre.
std::vector<std::vector<int>> count_given(const evaluation::Predictions& test, std::vector<int>& songs) {
  const std::size_t n = test.genres.size();
  const std::vector<std::uint8_t> given = evaluation::decide(test);
  std::vector<std::vector<int>> counts(n, std::vector<int>(n, 0));
  songs.assign(n, 0);
  for (std::size_t cell = 0; cell < test.labels.size(); ++cell) {
    if (test.labels[cell] == 0) continue;
    const std::size_t genre = cell % n;
    ++songs[genre];
    for (std::size_t other = 0; other < n; ++other) counts[genre][other] += given[cell - genre + other];
  }
  return counts;
}

}  // namespace

Html make_confusion_section(const RunFiles& files, int& figures) {
  std::vector<TitledNetwork> networks = networks_shown(files);
  if (networks.empty() || networks.front().test->genres.size() < 2) return {};
  const std::string start = networks.front().start;
  std::erase_if(networks, [&](const TitledNetwork& network) { return network.start != start; });
  const std::vector<std::string> genres = genres_by_size(files.summary);
  Json values = Json::array();
  Table table{.caption = "",
              .columns = {{"Songs of"}, {"Given"}, {"Scale"}, {"Songs", true}, {"Share", true}},
              .rows = {}};
  for (const TitledNetwork& network : networks) {
    std::vector<int> songs;
    const std::vector<std::vector<int>> counts = count_given(*network.test, songs);
    const std::vector<std::string>& names = network.test->genres;
    for (std::size_t truth = 0; truth < names.size(); ++truth) {
      if (songs[truth] == 0) continue;
      for (std::size_t given = 0; given < names.size(); ++given) {
        const double share = double(counts[truth][given]) / songs[truth];
        const std::string percent = fmt::format("{:.0f}", 100 * share);
        values.push_back({{"panel", network.set},
                          {"kind", "cell"},
                          {"truth", names[truth]},
                          {"given", names[given]},
                          {"share", share},
                          {"percent", percent},
                          {"songs", counts[truth][given]}});
        table.rows.push_back(
            {names[truth], names[given], network.set, std::to_string(counts[truth][given]), percent + " %"});
      }
    }
  }
  Figure figure;
  figure.title = fmt::format("Which genres are given together, {}, {}", networks.front().architecture, start);
  figure.explanation =
      "Of the test songs that have the genre of the row, the share (in %) that was given the genre of the "
      "column at 0.5. "
      "The diagonal is recall. A song may truly have both genres.";
  figure.description = "Matrix of true genres against the genres given, a panel a scale.";
  Json x = nominal("given", genres);
  x["title"] = "given";
  x["axis"] = {{"orient", "bottom"}, {"labelAngle", -50}};
  Json y = nominal("truth", genres);
  y["title"] = "songs of";
  // Strength and not colour carries the value, so that the page's ground shows through in light and dark.
  const Json cells = {
      {"mark", {{"type", "rect"}}},
      {"encoding",
       {{"color", {{"datum", "share"}, {"type", "nominal"}, {"legend", nullptr}}},
        {"opacity",
         {{"field", "share"},
          {"type", "quantitative"},
          {"scale", {{"domain", {0, 1}}, {"range", {0, 0.6}}}},
          {"legend", nullptr}}},
        {"tooltip",
         tooltip({{"truth", "Songs of"}, {"given", "Given"}, {"songs", "Songs"}, {"share", "Share"}},
                 {"share"})}}}};
  Json layers = Json::array({cells});
  if (genres.size() <= kMostGenresWithNumbers) {
    layers.push_back(
        {{"mark", {{"type", "text"}, {"fontSize", 11}}}, {"encoding", {{"text", {{"field", "percent"}}}}}});
  }
  figure.specification =
      faceted(figure.description, values, {networks.size(), 0, {}},
              {{"height", {{"step", 24}}}, {"encoding", {{"x", x}, {"y", y}}}, {"layer", layers}});
  figure.data = std::move(table);
  return element(
      "section", {{"aria-labelledby", "confusion"}},
      element("h2", {{"id", "confusion"}}, text("Confusion between genres")) + to_html(figure, ++figures));
}

}  // namespace gamut::report
