#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/report/best_networks.h"
#include "gamut/report/figures.h"
#include "gamut/report/sections.h"

namespace gamut::report {
namespace {

/// A loss averaged over folds and repeats.
struct Mean {
  double sum = 0;
  int count = 0;
};

/// The networks that share strategy, architecture and initial weights with `like`.
std::vector<CellFiles> cells_like(const std::vector<CellFiles>& cells, const evaluation::ResultRow& like) {
  std::vector<CellFiles> chosen;
  std::copy_if(cells.begin(), cells.end(), std::back_inserter(chosen), [&](const CellFiles& cell) {
    return cell.strategy == like.strategy && cell.architecture == like.architecture &&
           cell.initialisation == like.initialisation;
  });
  return chosen;
}

template <class Level>
std::size_t position(std::vector<Level>& levels, const Level& level) {
  const auto found = std::find(levels.begin(), levels.end(), level);
  if (found != levels.end()) return static_cast<std::size_t>(found - levels.begin());
  levels.push_back(level);
  return levels.size() - 1;
}

Figure make_learning_figure(const std::vector<CellFiles>& cells) {
  std::set<std::string> reduces, runs;
  for (const CellFiles& cell : cells) {
    reduces.insert(cell.reduce);
    runs.insert(cell.fold + "." + cell.repeat);
  }
  // Keyed by position, so that panels and curves keep the plan's order.
  std::vector<std::string> panels, sets;
  std::map<std::tuple<std::size_t, std::size_t, std::string, int>, Mean> means;
  for (const CellFiles& cell : cells) {
    const std::size_t panel = position(panels, cell.genre.empty() ? "all genres" : cell.genre);
    const std::size_t set =
        position(sets, reduces.size() > 1 ? cell.scale + " (" + cell.reduce + ")" : cell.scale);
    for (const Epoch& epoch : cell.history) {
      for (const auto& [part, loss] :
           {std::pair{"training", epoch.train_loss}, {"validation", epoch.validation_loss}}) {
        Mean& mean = means[{panel, set, part, epoch.number}];
        mean.sum += loss;
        ++mean.count;
      }
    }
  }

  Json values = Json::array();
  Table table{.caption = "",
              .columns = {{"Genre"}, {"Scale"}, {"Songs"}, {"Epoch", true}, {"Loss", true}},
              .rows = {}};
  for (const auto& [key, mean] : means) {
    const auto& [panel, set, part, epoch] = key;
    const double loss = mean.sum / mean.count;
    values.push_back(
        {{"panel", panels[panel]}, {"set", sets[set]}, {"part", part}, {"epoch", epoch}, {"loss", loss}});
    table.rows.push_back({panels[panel], sets[set], part, std::to_string(epoch), fixed(loss)});
  }

  Figure figure;
  figure.title = "Loss by epoch";
  figure.explanation =
      "A full line is the loss on the training songs, a dashed one that on the validation songs. A dashed "
      "line that rises while the full one falls shows a network that learns its songs by heart; the epoch "
      "kept is the one where the dashed line is lowest. Each panel has its own scale." +
      std::string(runs.size() > 1 ? " Means over folds and repeats." : "");
  figure.description =
      fmt::format("Training and validation loss by epoch, a panel a genre ({}), a colour a scale ({}).",
                  join_words(panels), join_words(sets));
  const Json tooltip =
      Json::array({{{"field", "panel"}, {"type", "nominal"}, {"title", "Genre"}},
                   {{"field", "set"}, {"type", "nominal"}, {"title", "Scale"}},
                   {{"field", "part"}, {"type", "nominal"}, {"title", "Songs"}},
                   {{"field", "epoch"}, {"type", "quantitative"}, {"title", "Epoch"}},
                   {{"field", "loss"}, {"type", "quantitative"}, {"format", ".3f"}, {"title", "Loss"}}});
  const Json encoding = {
      {"x",
       {{"field", "epoch"},
        {"type", "quantitative"},
        {"title", "Epoch"},
        {"scale", {{"zero", false}, {"nice", false}}},
        {"axis", {{"tickMinStep", 1}, {"format", "d"}}}}},
      {"y", {{"field", "loss"}, {"type", "quantitative"}, {"title", "Loss"}, {"scale", {{"zero", false}}}}},
      {"color", {{"field", "set"}, {"type", "nominal"}, {"scale", {{"domain", sets}}}}}};
  const Json dash = {
      {"field", "part"},
      {"type", "nominal"},
      {"legend", nullptr},
      {"scale",
       {{"domain", {"training", "validation"}}, {"range", Json::array({Json::array({1, 0}), {5, 4}})}}}};
  figure.specification = {
      {"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
      {"description", figure.description},
      {"usermeta", {{"panels", panels.size()}, {"boxes", 0}, {"legend", sets}}},
      {"data", {{"values", values}}},
      {"facet", {{"field", "panel"}, {"type", "nominal"}, {"sort", nullptr}}},
      {"columns", panels.size()},
      {"resolve", {{"scale", {{"y", "independent"}}}}},
      {"spec",
       {{"width", 300},
        {"height", panels.size() > 6 ? 110 : 150},
        {"encoding", encoding},
        {"layer", Json::array({{{"mark", {{"type", "line"}, {"strokeWidth", 1.8}}},
                                {"encoding", {{"strokeDash", dash}}}},
                               {{"mark", {{"type", "point"}, {"size", 14}, {"opacity", 1}}},
                                {"encoding", {{"tooltip", tooltip}}}}})}}}};
  figure.data = std::move(table);
  return figure;
}

}  // namespace

Html make_learning_section(const RunFiles& files, int& figures) {
  const std::optional<evaluation::ResultRow> best = best_networks(files.results);
  if (!best) return {};
  const std::vector<CellFiles> cells = cells_like(files.cells, *best);
  if (std::none_of(cells.begin(), cells.end(), [](const CellFiles& cell) { return !cell.history.empty(); }))
    return {};
  const std::string which =
      fmt::format("How the networks learned: {}, {}, {}, the ones with the best macro F1.",
                  best->architecture, initialisation_title(best->initialisation), best->strategy);
  return element("section", {{"aria-labelledby", "learning"}},
                 element("h2", {{"id", "learning"}}, text("Learning curves")) + element("p", which) +
                     to_html(make_learning_figure(cells), ++figures));
}

}  // namespace gamut::report
