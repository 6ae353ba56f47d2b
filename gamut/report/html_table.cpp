#include "gamut/report/html_table.h"

#include <fmt/format.h>

#include <cmath>

namespace gamut::report {
namespace {

Attributes cell_attributes(const Column& column) {
  return column.numeric ? Attributes{{"class", "number"}} : Attributes{};
}

Html head(const Table& table) {
  Html cells;
  for (const Column& column : table.columns) {
    Attributes attributes = cell_attributes(column);
    attributes.emplace_back("scope", "col");
    cells += element("th", attributes, text(column.name));
  }
  return element("thead", element("tr", cells));
}

Html body(const Table& table) {
  Html rows;
  for (const auto& row : table.rows) {
    Html cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells += i == 0 ? element("th", {{"scope", "row"}}, text(row[i]))
                      : element("td", cell_attributes(table.columns[i]), text(row[i]));
    }
    rows += element("tr", cells);
  }
  return element("tbody", rows);
}

}  // namespace

Html to_html(const Table& table) {
  Html content;
  if (!table.caption.empty()) content += element("caption", element("span", table.caption));
  content += head(table) + body(table);
  // A box that scrolls must be reachable from the keyboard.
  return element("div", {{"class", "scroll"}, {"tabindex", "0"}}, element("table", content));
}

std::string fixed(std::optional<double> value, int decimals) {
  if (!value || !std::isfinite(*value)) return "undefined";
  const std::string digits = fmt::format("{:.{}f}", *value, decimals);
  return digits.front() == '-' ? "\u2212" + digits.substr(1) : digits;
}

std::string p_value(double p) {
  if (p < 0.001) return "< 0.001";
  // Two digits would make 0.0496 and 0.0503 the same.
  return fmt::format("{:.{}g}", p, p >= 0.045 && p < 0.055 ? 3 : 2);
}

}  // namespace gamut::report
