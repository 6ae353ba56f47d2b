// What the audit says of the paper's protocol, on the published structure of its library.
#include <gmock/gmock.h>

#include "gamut/catalogue/import.h"
#include "gamut/doctor/audit.h"
#include "tests/support/test_data.h"

namespace gamut::doctor {
namespace {

using gamut::test::TemporaryDirectory;
using gamut::test::test_data;
using testing::HasSubstr;
using testing::IsEmpty;

class PaperAudit : public testing::Test {
 protected:
  /// The split that the protocol draws, audited without audio, which does not exist.
  Audit audit(catalogue::GroupBy group_by) {
    catalogue::Catalogue library(workspace_.path());
    import_csv(library, test_data("paper/songs.csv"), {.taxonomy = {}, .check_files = false});
    Splits splits;
    splits.songs = library.songs();
    std::erase_if(splits.songs, [](const catalogue::Song& song) { return song.genres.empty(); });
    splits.labels = make_labels(splits.songs, choose_genres(splits.songs, {}));
    splits.of_folds = draw_folds(splits.songs, splits.labels, {.group_by = group_by}, 1, 1);
    return audit_splits(library, splits, {.audio = false, .jobs = 1});
  }

  TemporaryDirectory workspace_;
};

TEST_F(PaperAudit, NearlyEveryTestSongHasAlbumMatesInTraining) {
  GAMUT_REQUIRE_FILE(test_data("paper/songs.csv"));
  const Audit leaking = audit(catalogue::GroupBy::none);
  const catalogue::SplitAudit& counts = leaking.splits.at(0).counts;
  EXPECT_EQ(counts.rows[0].test, 1790);
  EXPECT_EQ(counts.test_songs_with_album_mates_in_training, 1788);
  EXPECT_THAT(to_text(leaking, "it"), HasSubstr("IT LEAKS"));
}

TEST_F(PaperAudit, GroupedByAlbumNoneHas) {
  GAMUT_REQUIRE_FILE(test_data("paper/songs.csv"));
  const Audit grouped = audit(catalogue::GroupBy::album);
  EXPECT_THAT(grouped.splits.at(0).albums, IsEmpty());
  EXPECT_THAT(to_text(grouped, "it"), HasSubstr("No album-mate of a test song was found in training"));
}

}  // namespace
}  // namespace gamut::doctor
