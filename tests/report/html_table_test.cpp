#include "gamut/report/html_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace gamut::report {
namespace {

TEST(HtmlTable, NumbersAreFlushRightAndTheFirstCellHeadsItsRow) {
  const std::string html =
      to_html(Table{.caption = "C", .columns = {{"Genre"}, {"F1", true}}, .rows = {{"R&B", "0.5"}}}).str();
  EXPECT_NE(html.find("<caption><span>C</span></caption>"), std::string::npos);
  EXPECT_NE(html.find("<th class=\"number\" scope=\"col\">F1</th>"), std::string::npos);
  EXPECT_NE(html.find("<th scope=\"row\">R&amp;B</th><td class=\"number\">0.5</td>"), std::string::npos);
}

TEST(HtmlTable, NumbersReadAsAPersonWritesThem) {
  EXPECT_EQ(fixed(0.12345), "0.123");
  EXPECT_EQ(fixed(-3.5872, 2), "\u22123.59");
  EXPECT_EQ(fixed(std::nullopt), "undefined");
  EXPECT_EQ(p_value(0.0027), "0.0027");
  EXPECT_EQ(p_value(1e-9), "< 0.001");
}

TEST(HtmlTable, APNearTheLevelKeepsTheDigitThatTellsItsSide) {
  EXPECT_EQ(p_value(0.0496), "0.0496");
  EXPECT_EQ(p_value(0.0503), "0.0503");
  EXPECT_EQ(p_value(0.061), "0.061");
}

}  // namespace
}  // namespace gamut::report
