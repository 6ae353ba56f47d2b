#include "gamut/report/strip_figure.h"

#include <algorithm>
#include <set>

#include "gamut/core/json.h"
#include "gamut/report/vega.h"

namespace gamut::report {
namespace {

constexpr int kRowStep = 22, kOffsetStep = 12;  // pixels

Json dot_values(const Strip& strip, std::size_t& panels) {
  Json values = Json::array();
  std::set<std::string> seen;
  for (const StripDot& dot : strip.dots) {
    if (seen.insert(dot.panel).second && strip.reference)
      values.push_back({{"panel", dot.panel}, {"kind", "line"}, {"value", *strip.reference}});
    Json value = {{"panel", dot.panel}, {"kind", "dot"},    {"row", dot.row},
                  {"set", dot.set},     {"what", dot.what}, {"value", dot.value}};
    if (dot.low && dot.high) {
      value["low"] = *dot.low;
      value["high"] = *dot.high;
    }
    values.push_back(std::move(value));
  }
  panels = std::max<std::size_t>(seen.size(), 1);
  return values;
}

}  // namespace

Json make_strip(const Strip& strip, const std::string& description) {
  std::size_t panels = 1;
  const Json values = dot_values(strip, panels);
  const bool several = strip.sets.size() > 1;
  Json y = nominal("row", strip.rows);
  y["title"] = nullptr;
  const Json x =
      quantitative("value", strip.value_title,
                   strip.unit_axis ? Json{{"domain", {0, 1}}} : Json{{"zero", false}, {"nice", true}});
  Json color = nominal("set", strip.sets);
  if (!several) color["legend"] = nullptr;
  const bool apart = several && strip.side_by_side;
  Json place = {{"x", x}, {"y", y}, {"color", color}};
  if (apart) place["yOffset"] = nominal("set", strip.sets);

  Json filtered = only("dot");
  filtered.push_back({{"filter", {{"field", "low"}, {"valid", true}}}});
  Json interval = {{"x", x}, {"y", y}, {"color", color}};
  interval["x"]["field"] = "low";
  interval["x2"] = {{"field", "high"}};
  if (apart) interval["yOffset"] = place["yOffset"];
  Json dots = place;
  dots["shape"] = color;
  dots["tooltip"] = tooltip({{"row", "For"},
                             {"set", strip.set_title},
                             {"what", "Networks"},
                             {"value", strip.value_title},
                             {"low", "95 % from"},
                             {"high", "to"}},
                            {"value", "low", "high"});
  Json layers = Json::array();
  if (strip.reference) {
    layers.push_back({{"transform", only("line")},
                      {"mark", {{"type", "rule"}, {"strokeDash", {4, 3}}}},
                      {"encoding", {{"x", x}}}});
  }
  // Without any interval its scale would have no extent.
  if (std::ranges::any_of(strip.dots, [](const StripDot& dot) { return dot.low && dot.high; })) {
    layers.push_back({{"transform", filtered},
                      {"mark", {{"type", "rule"}, {"strokeWidth", 1.5}}},
                      {"encoding", interval}});
  }
  layers.push_back({{"transform", only("dot")},
                    {"mark", {{"type", "point"}, {"size", 50}, {"opacity", 1}}},
                    {"encoding", dots}});
  Json height = {{"step", apart ? kOffsetStep : kRowStep}};
  if (apart) height["for"] = "offset";
  return faceted(description, values, {panels, 0, several ? strip.sets : std::vector<std::string>{}},
                 {{"height", height}, {"layer", layers}});
}

}  // namespace gamut::report
