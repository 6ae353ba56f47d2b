#include "gamut/report/html.h"

#include <gtest/gtest.h>

#include "gamut/core/json.h"
#include "gamut/report/html_table.h"

namespace gamut::report {
namespace {

TEST(Html, TextEscapesWhatHtmlGivesAMeaning) {
  EXPECT_EQ(text("<a href=\"x\">R&B's</a>").str(), "&lt;a href=&quot;x&quot;&gt;R&amp;B&#39;s&lt;/a&gt;");
}

TEST(Html, AttributesAreEscapedToo) {
  EXPECT_EQ(void_element("img", {{"alt", "\" onerror=\"x"}}).str(), "<img alt=\"&quot; onerror=&quot;x\">");
}

TEST(Html, BrokenUtf8AndControlCharactersBecomeReplacements) {
  EXPECT_EQ(text("a\xff"
                 "b")
                .str(),
            "a\uFFFDb");
  EXPECT_EQ(text(std::string_view("a\0b", 3)).str(), "a\uFFFDb");
}

TEST(Html, ElementsNest) {
  EXPECT_EQ(element("p", {{"class", "x"}}, element("b", "1 < 2") + text("!")).str(),
            "<p class=\"x\"><b>1 &lt; 2</b>!</p>");
}

TEST(Html, JsonCannotEndItsScript) {
  const Json value = {{"title", "</script><!--<script>"}};
  const std::string block = json_script(dump_json(value)).str();
  const std::string start = "<script type=\"application/json\">";
  const std::string inside = block.substr(start.size(), block.size() - start.size() - 9);
  EXPECT_EQ(inside.find('<'), std::string::npos);
  EXPECT_EQ(Json::parse(inside), value);
}

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

}  // namespace
}  // namespace gamut::report
