#include "gamut/core/label_key.h"

#include <gtest/gtest.h>

namespace gamut {
namespace {

double similarity(const std::string& a, const std::string& b, double least = 0) {
  return label_similarity(near_label_characters(a), near_label_characters(b), least);
}

TEST(LabelKey, IsEqualWhateverCaseNormalFormAndBlanksAround) {
  EXPECT_EQ(label_key(" Hip-Hop\t"), label_key("HIP-HOP"));
  EXPECT_EQ(label_key("Caf\u00e9"), label_key("CAFE\u0301"));
  EXPECT_EQ(label_key("Stra\u00dfe"), label_key("STRASSE"));
  EXPECT_EQ(label_key("\u039f\u03b4\u03cc\u03c2"), label_key("\u03bf\u03b4\u03cc\u03c3"));  // final sigma
  EXPECT_EQ(label_key(""), "");
}

TEST(LabelKey, KeepsApartWhatIsWrittenOtherwise) {
  EXPECT_NE(label_key("Hip-Hop"), label_key("Hip Hop"));
  EXPECT_NE(label_key("Caf\u00e9"), label_key("Cafe"));
  EXPECT_NE(label_key("R&B"), label_key("R and B"));
}

TEST(LabelKey, LeavesBytesThatAreNoTextAsTheyAre) {
  EXPECT_EQ(label_key(" Caf\xe9 "), "Caf\xe9");
  EXPECT_EQ(label_key("\xed\xa0\x80X"), "\xed\xa0\x80X");  // half a surrogate pair
  EXPECT_EQ(label_key(std::string("A\0B", 3)), std::string("a\0b", 3));
  EXPECT_FALSE(is_utf8("\xc3"));
  EXPECT_FALSE(is_utf8("\xc0\xaf"));
  EXPECT_TRUE(is_utf8("\u00e9\U0001f3b5"));
}

TEST(LabelKey, TakesAMegabyte) {
  const std::string upper(1 << 20, 'X'), lower(1 << 20, 'x');
  EXPECT_EQ(label_key(upper), lower);
  EXPECT_EQ(near_label_key(upper), lower);
  EXPECT_EQ(similarity(upper, "x", 0.6), 0);
}

TEST(NearLabelKey, IsEqualForWhatOneWouldSuspect) {
  for (const char* name : {"Drum & Bass", "drum and bass", "Drum-n-Bass", "drum'n'bass", "DRUM  &  BASS",
                           "Dr\u00fcm \uff06 Bass"}) {
    EXPECT_EQ(near_label_key(name), "drumandbass") << name;
  }
  EXPECT_EQ(near_label_key("Canci\u00f3n"), near_label_key("cancion"));
  EXPECT_EQ(near_label_key("Post\u2010Rock"), near_label_key("postrock"));
  EXPECT_EQ(near_label_key("R&B"), "randb");
  EXPECT_NE(near_label_key("R&B"), near_label_key("RnB"));
}

TEST(NearLabelKey, OfSignsAloneIsTheLabel) {
  EXPECT_EQ(near_label_key("!!!"), "!!!");
  EXPECT_NE(near_label_key("!!!"), near_label_key("..."));
  EXPECT_EQ(near_label_key("\xff"), "\xff");
}

TEST(LabelSimilarity, CountsEditsOverTheLongerKey) {
  EXPECT_EQ(similarity("Hip Hop", "hip-hop"), 1);
  EXPECT_DOUBLE_EQ(similarity("techno", "tehcno"), 1 - 1.0 / 6);  // a swap is one edit
  EXPECT_DOUBLE_EQ(similarity("kitten", "sitting"), 1 - 3.0 / 7);
  EXPECT_EQ(similarity("rock", ""), 0);
  EXPECT_EQ(similarity("", ""), 1);
  EXPECT_EQ(similarity("abc", "xyz"), 0);
  EXPECT_DOUBLE_EQ(similarity("\u0434\u0436\u0430\u0437", "\u0434\u0436\u0430\u0441"), 0.75);  // not bytes
}

TEST(LabelSimilarity, IsZeroBelowTheLeast) {
  EXPECT_EQ(similarity("kitten", "sitting", 0.6), 0);
  EXPECT_GT(similarity("kitten", "sitting", 0.5), 0);
}

TEST(LabelSimilarity, IsSymmetric) {
  for (const char* a : {"psytrance", "trance", "dub", "Dub Techno", "\xff"}) {
    for (const char* b : {"trnace", "dubtechno", "Goa", "\xfe"})
      EXPECT_EQ(similarity(a, b), similarity(b, a));
  }
}

}  // namespace
}  // namespace gamut
