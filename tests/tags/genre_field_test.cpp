#include "gamut/tags/genre_field.h"

#include <gmock/gmock.h>

namespace gamut::tags {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(GenreField, Id3ReferencesAndLists) {
  const auto nothing = [](std::string_view) { return false; };
  EXPECT_THAT(split_genre_field("(17)", nothing), ElementsAre("Rock"));
  EXPECT_THAT(split_genre_field("(RX)(CR)Punk Rock", nothing), ElementsAre("Remix", "Cover", "Punk Rock"));
  EXPECT_THAT(split_genre_field("((sic) Rock", nothing), ElementsAre("(sic) Rock"));
  EXPECT_THAT(split_genre_field("(live) Rock", nothing), ElementsAre("(live) Rock"));
  EXPECT_THAT(split_genre_field("17/8; Dub ", nothing), ElementsAre("Rock", "Jazz", "Dub"));
  EXPECT_THAT(split_genre_field("9999", nothing), ElementsAre("9999"));
  EXPECT_THAT(split_genre_field(" ", nothing), IsEmpty());
}

TEST(GenreField, WhatIsKnownAsOneGenreStaysWhole) {
  const auto soul = [](std::string_view text) { return text == "R&B/Soul"; };
  EXPECT_THAT(split_genre_field("R&B/Soul", soul), ElementsAre("R&B/Soul"));
  EXPECT_THAT(split_genre_field("Jazz/Funk;R&B/Soul", soul), ElementsAre("Jazz", "Funk", "R&B/Soul"));
}

}  // namespace
}  // namespace gamut::tags
