#include "gamut/report/vega.h"

#include <algorithm>

#include "gamut/core/json.h"

namespace gamut::report {

Json nominal(const std::string& field, const std::vector<std::string>& levels) {
  return {{"field", field}, {"type", "nominal"}, {"scale", {{"domain", levels}}}};
}

Json quantitative(const std::string& field, const std::string& title, const Json& scale) {
  return {{"field", field}, {"type", "quantitative"}, {"title", title}, {"scale", scale}};
}

Json tooltip(const std::vector<std::pair<std::string, std::string>>& fields,
             const std::vector<std::string>& numbers) {
  Json channels = Json::array();
  for (const auto& [field, title] : fields) {
    Json channel = {{"field", field}, {"title", title}};
    if (std::find(numbers.begin(), numbers.end(), field) != numbers.end()) {
      channel["type"] = "quantitative";
      channel["format"] = ".3f";
    } else {
      channel["type"] = "nominal";
    }
    channels.push_back(channel);
  }
  return channels;
}

Json only(const std::string& kind) {
  return Json::array({{{"filter", {{"field", "kind"}, {"equal", kind}}}}});
}

Json faceted(const std::string& description, const Json& values, const Shape& shape, Json spec) {
  spec["width"] = 300;
  return {{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
          {"description", description},
          {"usermeta", {{"panels", shape.panels}, {"boxes", shape.boxes}, {"legend", shape.legend}}},
          {"data", {{"values", values}}},
          {"facet", {{"field", "panel"}, {"type", "nominal"}, {"sort", nullptr}}},
          {"columns", shape.panels},
          {"spec", std::move(spec)}};
}

}  // namespace gamut::report
