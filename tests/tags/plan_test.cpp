#include "gamut/tags/plan.h"

#include <gmock/gmock.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::tags {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<GenreFields> id3v2(const std::vector<std::string>& genres) {
  return {{.tag = "ID3v2", .exists = true, .genres = genres, .scores = {}}};
}

Proposal propose(const std::vector<std::string>& genres) {
  return {.genres = genres, .scores = {}};
}

TEST(TagPlan, PresentGenresStayAndWhatTheyNameIsNotAddedAgain) {
  const TagPlan plan = plan_tags(id3v2({"ROCK", "Jazz/Funk"}), propose({"Rock", "funk", "Soul"}), {});
  EXPECT_THAT(plan.genres, ElementsAre("ROCK", "Jazz/Funk", "Soul"));
  EXPECT_THAT(plan.added, ElementsAre("Soul"));
  EXPECT_TRUE(plan.changes());
  EXPECT_FALSE(plan_tags(id3v2({"hip-hop"}), propose({"Hip-Hop"}), {}).changes());
}

TEST(TagPlan, OverwritingTakesTheProposalAlone) {
  const TagPlan plan =
      plan_tags(id3v2({"rock", "Polka"}), propose({"Rock", "Soul", "SOUL"}), {.overwrite = true});
  EXPECT_THAT(plan.genres, ElementsAre("Rock", "Soul"));
  EXPECT_THAT(plan.added, ElementsAre("Soul"));
}

TEST(TagPlan, NothingProposedLeavesGenresEvenWhenOverwriting) {
  const TagPlan plan = plan_tags(id3v2({"Polka"}), propose({}), {.overwrite = true});
  EXPECT_THAT(plan.genres, ElementsAre("Polka"));
  EXPECT_FALSE(plan.changes());
}

TEST(TagPlan, TheWhitelistLetsItsGenresPassInItsSpelling) {
  const PlanOptions options{.whitelist = Whitelist({"Hip Hop", "Jazz"})};
  const TagPlan plan = plan_tags(id3v2({"Polka"}), propose({"hip hop", "Rock"}), options);
  EXPECT_THAT(plan.genres, ElementsAre("Polka", "Hip Hop"));
}

TEST(TagPlan, AJoinedListGrowsAndIsThenLeftAlone) {
  const PlanOptions options{.join = " | "};
  const TagPlan plan = plan_tags(id3v2({"Rock | Jazz"}), propose({"jazz", "Soul"}), options);
  EXPECT_THAT(plan.genres, ElementsAre("Rock | Jazz | Soul"));
  EXPECT_FALSE(plan_tags(plan.after, propose({"jazz", "Soul"}), options).changes());
}

TEST(TagPlan, TagsBesideTheContainersOwnGetWhatTheyHold) {
  std::vector<GenreFields> tags = id3v2({});
  tags.push_back({.tag = "APE", .exists = true, .genres = {}, .scores = {}});
  tags.push_back({.tag = "ID3v1", .exists = true, .genres = {"Blues"}, .scores = {}});
  const TagPlan plan =
      plan_tags(tags, {.genres = {"Zouk", "jazz"}, .scores = {{"Zouk", 0.75}, {"Jazz", 0.5}}}, {});
  EXPECT_THAT(plan.present, ElementsAre("Blues"));
  EXPECT_THAT(plan.after[0].genres, ElementsAre("Blues", "Zouk", "jazz"));
  EXPECT_EQ(plan.after[0].scores, "Zouk=0.750;Jazz=0.500");
  EXPECT_THAT(plan.after[1].genres, ElementsAre("Blues", "Zouk", "jazz"));
  EXPECT_EQ(plan.after[1].scores, "");
  EXPECT_THAT(plan.after[2].genres, ElementsAre("Blues"));
  tags[2].genres.clear();
  EXPECT_THAT(plan_tags(tags, propose({"Zouk", "jazz"}), {}).after[2].genres, ElementsAre("Jazz"));
}

std::vector<GenreFields> disagreeing_tags() {
  std::vector<GenreFields> tags = id3v2({"Deathcore"});
  tags.push_back({.tag = "APE", .exists = true, .genres = {"Shoegaze"}, .scores = {}});
  tags.push_back({.tag = "ID3v1", .exists = true, .genres = {"Metal"}, .scores = {}});
  return tags;
}

TEST(TagPlan, TagsThatDisagreeLoseNoGenre) {
  const TagPlan plan = plan_tags(disagreeing_tags(), propose({"Djent"}), {});
  EXPECT_THAT(plan.present, ElementsAre("Deathcore", "Shoegaze"));
  EXPECT_THAT(plan.after[0].genres, ElementsAre("Deathcore", "Shoegaze", "Djent"));
  EXPECT_THAT(plan.after[1].genres, ElementsAre("Deathcore", "Shoegaze", "Djent"));
  EXPECT_THAT(plan.after[2].genres, ElementsAre("Metal"));  // which keeps its own, and gives it to no other
  EXPECT_FALSE(plan_tags(plan.after, propose({"Djent"}), {}).changes());
  EXPECT_THAT(plan_tags(disagreeing_tags(), propose({"Djent"}), {.overwrite = true}).after[2].genres,
              IsEmpty());
}

TEST(TagPlan, TagsThatDisagreeStayWhereNothingIsAdded) {
  EXPECT_FALSE(plan_tags(disagreeing_tags(), propose({}), {}).changes());
  EXPECT_FALSE(plan_tags(disagreeing_tags(), propose({}), {.overwrite = true, .join = "; "}).changes());
  EXPECT_FALSE(plan_tags(disagreeing_tags(), propose({"shoegaze"}), {}).changes());
  const TagPlan scored = plan_tags(disagreeing_tags(), {.genres = {}, .scores = {{"Djent", 0.5}}}, {});
  EXPECT_EQ(scored.after[0].scores, "Djent=0.500");
  EXPECT_THAT(scored.after[0].genres, ElementsAre("Deathcore"));
  EXPECT_THAT(scored.after[1].genres, ElementsAre("Shoegaze"));
}

TEST(TagPlan, WhatATagRepeatsOfAnotherIsNotPresentTwice) {
  std::vector<GenreFields> tags = id3v2({"Hip-Hop/Rap", "Jazz"});
  tags.push_back({.tag = "INFO", .exists = true, .genres = {"Hip-Hop/Rap; JAZZ"}, .scores = {}});
  tags.push_back({.tag = "ID3v1", .exists = true, .genres = {"Rap"}, .scores = {}});
  const TagPlan plan = plan_tags(tags, propose({"Soul"}), {});
  EXPECT_THAT(plan.present, ElementsAre("Hip-Hop/Rap", "Jazz"));
  EXPECT_THAT(plan.after[1].genres, ElementsAre("Hip-Hop/Rap; Jazz; Soul"));
  EXPECT_THAT(plan.after[2].genres, ElementsAre("Rap"));
}

TEST(TagPlan, AnOldTagAloneBringsNoNewOneWhereNothingIsProposed) {
  std::vector<GenreFields> tags{{.tag = "ID3v2", .exists = false, .genres = {}, .scores = {}},
                                {.tag = "ID3v1", .exists = true, .genres = {"Rock"}, .scores = {}}};
  EXPECT_FALSE(plan_tags(tags, propose({}), {}).changes());
  // Readers of a new tag look at no older one.
  const TagPlan scored = plan_tags(tags, {.genres = {}, .scores = {{"Djent", 0.5}}}, {});
  EXPECT_TRUE(scored.after[0].exists);
  EXPECT_THAT(scored.after[0].genres, ElementsAre("Rock"));
}

TEST(TagPlan, AFileWithoutTagsGetsNoneWhereThereIsNothingToWrite) {
  const std::vector<GenreFields> none{{.tag = "ID3v2", .exists = false, .genres = {}, .scores = {}}};
  EXPECT_FALSE(plan_tags(none, propose({}), {}).changes());
  EXPECT_TRUE(plan_tags(none, propose({"Rock"}), {}).after[0].exists);
}

template <class Call>
std::string fault_of(Call&& call) {
  try {
    call();
  } catch (const ParameterError& error) {
    return error.what();
  }
  return "";
}

TEST(TagPlan, RefusesWhatCannotStandInATag) {
  EXPECT_THAT(fault_of([] { plan_tags(id3v2({}), propose({"a\nb"}), {}); }), HasSubstr("control characters"));
  EXPECT_THAT(fault_of([] { plan_tags(id3v2({}), propose({" "}), {}); }), HasSubstr("empty"));
  EXPECT_THAT(fault_of([] { plan_tags(id3v2({}), propose({"\xff"}), {}); }), HasSubstr("not UTF-8"));
  EXPECT_THAT(fault_of([] {
                plan_tags(id3v2({}), {.genres = {}, .scores = {{"a;b", 1}}}, {});
              }),
              HasSubstr("semicolon"));
  EXPECT_THAT(fault_of([] { plan_tags(id3v2({}), propose({}), {.join = ""}); }), HasSubstr("printable"));
}

TEST(Whitelist, IsOneGenreALine) {
  const gamut::test::TemporaryDirectory folder;
  save_atomically(folder / "list.txt", "# mine\nHip-Hop\r\n\n  Jazz \n");
  const Whitelist list = Whitelist::load(folder / "list.txt");
  ASSERT_NE(list.find("JAZZ"), nullptr);
  EXPECT_EQ(*list.find("hip-hop"), "Hip-Hop");
  EXPECT_EQ(list.find("# mine"), nullptr);
  save_atomically(folder / "list.txt", "\xEF\xBB\xBFHip-Hop\nJazz\n");
  EXPECT_NE(Whitelist::load(folder / "list.txt").find("hip-hop"), nullptr);
  save_atomically(folder / "empty.txt", "# none\n");
  EXPECT_THAT(fault_of([&] { Whitelist::load(folder / "empty.txt"); }), HasSubstr("no genre"));
}

}  // namespace
}  // namespace gamut::tags
