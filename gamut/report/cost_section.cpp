#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "gamut/core/json.h"
#include "gamut/report/html_table.h"
#include "gamut/report/sections.h"
#include "gamut/report/units.h"

namespace gamut::report {
namespace {

/// What the networks of one combination took together.
struct Cost {
  const CellFiles* like = nullptr;
  std::size_t networks = 0, epochs = 0;
  double seconds = 0;
  std::uintmax_t bytes = 0;
  double images = 0, image_seconds = 0;  ///< of the epochs that noted their speed
};

bool same_combination(const CellFiles& a, const CellFiles& b) {
  return a.scale == b.scale && a.reduce == b.reduce && a.strategy == b.strategy &&
         a.architecture == b.architecture && a.initialisation == b.initialisation;
}

std::vector<Cost> costs_of(const std::vector<CellFiles>& cells) {
  std::vector<Cost> costs;
  for (const CellFiles& cell : cells) {
    auto cost = std::find_if(costs.begin(), costs.end(),
                             [&](const Cost& other) { return same_combination(*other.like, cell); });
    if (cost == costs.end()) {
      costs.push_back({.like = &cell});
      cost = costs.end() - 1;
    }
    ++cost->networks;
    cost->epochs += cell.history.size();
    cost->seconds += cell.seconds;
    cost->bytes += cell.model_bytes;
    for (const Epoch& epoch : cell.history) {
      if (!epoch.images_per_second) continue;
      cost->images += *epoch.images_per_second * epoch.seconds;
      cost->image_seconds += epoch.seconds;
    }
  }
  return costs;
}

Html network_table(const std::vector<CellFiles>& cells) {
  Table table{.caption =
                  "What training took. Seconds are those of each network added up, also where several "
                  "were trained side by side.",
              .columns = {{"Scale"},
                          {"Strategy"},
                          {"Architecture"},
                          {"Initial weights"},
                          {"Networks", true},
                          {"Epochs", true},
                          {"Time", true},
                          {"Images a second", true},
                          {"On disk", true}},
              .rows = {}};
  for (const Cost& cost : costs_of(cells)) {
    table.rows.push_back(
        {cost.like->scale + " (" + cost.like->reduce + ")", cost.like->strategy, cost.like->architecture,
         initialisation_title(cost.like->initialisation), std::to_string(cost.networks),
         std::to_string(cost.epochs), duration(cost.seconds),
         cost.image_seconds > 0 ? fmt::format("{:.0f}", cost.images / cost.image_seconds) : "not noted",
         byte_count(cost.bytes)});
  }
  return to_html(table);
}

Html run_table(const Json& cost) {
  Table table{.caption = "What the run\u2019s last start took; what was there already took nothing.",
              .columns = {{"What"}, {"How much", true}},
              .rows = {}};
  for (const Json& stage : cost.value("stages", Json::array())) {
    table.rows.push_back({stage.at("name").get<std::string>(), duration(stage.at("seconds").get<double>())});
  }
  if (cost.contains("peak_memory_bytes")) {
    table.rows.push_back(
        {"memory of the process, at most", byte_count(cost.at("peak_memory_bytes").get<std::uint64_t>())});
  }
  for (const Json& set : cost.value("picture_sets", Json::array())) {
    table.rows.push_back({fmt::format("{} pictures in the set {}", set.at("pictures").get<std::int64_t>(),
                                      set.at("set").get<std::string>()),
                          byte_count(set.at("bytes").get<std::uint64_t>())});
  }
  return table.rows.empty() ? Html{} : to_html(table);
}

}  // namespace

Html make_cost_section(const RunFiles& files) {
  Html content;
  if (!files.cells.empty()) content += network_table(files.cells);
  content += run_table(files.summary.value("cost", Json::object()));
  if (content.empty()) return {};
  return element("section", {{"aria-labelledby", "cost"}},
                 element("h2", {{"id", "cost"}}, text("What it cost")) + content);
}

}  // namespace gamut::report
