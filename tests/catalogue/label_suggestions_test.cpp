#include "gamut/catalogue/label_suggestions.h"

#include <gmock/gmock.h>

#include "gamut/core/error.h"
#include "tests/catalogue/library.h"

namespace gamut::catalogue {
namespace {

using test::make_song;
using test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::string> names(const std::vector<Suggestion>& suggestions) {
  std::vector<std::string> list;
  for (const auto& suggestion : suggestions) list.push_back(suggestion.subgenre);
  return list;
}

TEST(CountLabels, CountsASongOnceWhateverTheCase) {
  std::vector<Song> songs{make_song("1", "", "", {"Rock"}), make_song("2", "", "", {"ROCK", "Pop"})};
  songs[0].subgenres = {"rock", "Surf"};
  EXPECT_THAT(count_labels(songs), ElementsAre(Pair("Pop", 1), Pair("Surf", 1), Pair("rock", 2)));
}

TEST(SuggestLabels, ListsWhatIsUnmappedWithTheNearestNames) {
  const auto taxonomy = Taxonomy::load("default");
  const auto unmapped = suggest_labels(
      {{"triphop", 9}, {"ROCK", 8}, {"dnb", 7}, {"Tehcno", 6}, {"Fairground Organ Covers", 6}}, taxonomy, {});
  ASSERT_EQ(unmapped.size(), 3U);
  EXPECT_EQ(unmapped[0].label, "triphop");
  EXPECT_EQ(unmapped[0].songs, 9);
  EXPECT_EQ(unmapped[0].nearest.at(0).subgenre, "Trip-Hop");
  EXPECT_EQ(unmapped[0].nearest.at(0).similarity, 1);
  EXPECT_EQ(unmapped[1].label, "Fairground Organ Covers");
  EXPECT_THAT(unmapped[1].nearest, IsEmpty());
  EXPECT_EQ(unmapped[2].nearest.at(0).subgenre, "Techno");
  EXPECT_DOUBLE_EQ(unmapped[2].nearest.at(0).similarity, 1 - 1.0 / 6);
}

TEST(SuggestLabels, FindsASubgenreByItsAliasAndGivesNoMoreThanAsked) {
  Taxonomy taxonomy;
  for (const char* name : {"Dubstep", "Dub", "Dubs", "Dubb"}) taxonomy.add(name, "Electronic");
  taxonomy.add_alias("Dubstep", "Dubbing");
  EXPECT_THAT(names(suggest_labels({{"Dubbin", 1}}, taxonomy, {.nearest = 1})[0].nearest),
              ElementsAre("Dubstep"));
  EXPECT_THAT(names(suggest_labels({{"Dubx", 1}}, taxonomy, {.nearest = 3})[0].nearest),
              ElementsAre("Dub", "Dubb", "Dubs"));
}

TEST(SuggestLabels, TakesHostileLabels) {
  const auto taxonomy = Taxonomy::load("default");
  const std::string no_text = "r\xff" + std::string("ck");
  const auto unmapped = suggest_labels({{std::string(1 << 20, 'r'), 1}, {no_text, 1}, {"", 1}}, taxonomy, {});
  ASSERT_EQ(unmapped.size(), 3U);
  EXPECT_EQ(unmapped[0].label, "");
  EXPECT_THAT(unmapped[0].nearest, IsEmpty());
  EXPECT_EQ(unmapped[1].label.size(), 1U << 20);
  EXPECT_THAT(unmapped[1].nearest, IsEmpty());
  EXPECT_THAT(names(unmapped[2].nearest), testing::Contains("Rock"));
}

TEST(SuggestLabels, RefusesOptionsOutOfRange) {
  EXPECT_THAT(message_of<ParameterError>([] { suggest_labels({}, {}, {.nearest = 0}); }),
              HasSubstr("0 suggestions a label"));
  EXPECT_THAT(message_of<ParameterError>([] { suggest_labels({}, {}, {.min_similarity = 1.5}); }),
              HasSubstr("the smallest similarity is 1.5"));
}

}  // namespace
}  // namespace gamut::catalogue
