#include "gamut/spectra/scale_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "gamut/core/files.h"
#include "gamut/core/json.h"

namespace gamut::spectra {
namespace {

TEST(ScaleRegistry, KnowsTheScalesInTheOrderShown) {
  EXPECT_EQ(scale_names(), (std::vector<std::string>{"linear", "mel", "linear-bands", "log-frequency", "bark",
                                                     "erb", "cqt", "vqt"}));
}

TEST(ScaleRegistry, FindsByNameOnly) {
  ASSERT_NE(find_scale("mel"), nullptr);
  EXPECT_EQ(find_scale("mel")->name, "mel");
  EXPECT_EQ(find_scale("Mel"), nullptr);
  EXPECT_EQ(find_scale(""), nullptr);
}

TEST(ScaleRegistry, EveryScaleReadsOptionsThatExistAndCanBeMade) {
  const Json options = to_json(FrontEndOptions{});
  for (const ScaleEntry& entry : scale_entries()) {
    for (std::string_view key : entry.options_read) EXPECT_TRUE(options.contains(std::string(key))) << key;
    const auto scale = make_scale({.scale = std::string(entry.name), .n_fft = 1024, .n_bands = 40});
    EXPECT_GT(scale->n_rows(), 0U);
    EXPECT_EQ(scale->n_frames(1024), 3U);
  }
}

TEST(ScaleRegistry, EveryScaleHasItsPageWithItsOptionsAndPictures) {
  const std::filesystem::path docs = GAMUT_SOURCE_DIR "/docs";
  const std::string overview = load_text(docs / "scales" / "README.md");
  for (const ScaleEntry& entry : scale_entries()) {
    const std::string name(entry.name);
    EXPECT_THAT(overview, testing::HasSubstr("| [`" + name + "`](" + name + ".md) |"));
    const std::string page = load_text(docs / "scales" / (name + ".md"));
    for (std::string_view option : entry.options_read) {
      EXPECT_THAT(page, testing::HasSubstr("| `" + std::string(option) + "` |"));
    }
    for (const char* reduce : {"nearest", "mean"}) {
      const std::string picture = "pictures/" + name + "-" + reduce + ".png";
      EXPECT_THAT(page, testing::HasSubstr("](../" + picture + ")"));
      EXPECT_TRUE(std::filesystem::exists(docs / picture)) << picture;
    }
  }
}

}  // namespace
}  // namespace gamut::spectra
