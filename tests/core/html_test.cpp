#include "gamut/core/html.h"

#include <gtest/gtest.h>

#include "gamut/core/json.h"

namespace gamut {
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

}  // namespace
}  // namespace gamut
