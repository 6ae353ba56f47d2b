#include "gamut/tagging/neighbours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/npy.h"
#include "tests/support/test_data.h"

namespace gamut::tagging {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class NeighboursTest : public testing::Test {
 protected:
  NeighboursTest() {
    save_atomically(neighbour_songs_file(folder_.path()),
                    "song,artist,album,genres\neast,A,X,Rock\nnorth,B,Y,Jazz\nnortheast,C,Z,Rock; Jazz\n");
    const std::vector<float> rows{1, 0, 0, 1, 0.6F, 0.8F};
    save_npy(neighbour_embeddings_file(folder_.path(), genre_.network), rows, std::vector<std::size_t>{3, 2});
  }

  test::TemporaryDirectory folder_;
  const GenreCard genre_{"Rock", "networks/rock.safetensors", 0, {}, {}};
};

TEST_F(NeighboursTest, AreOrderedByCosineWhateverTheLengthOfTheEmbedding) {
  const std::vector<float> embedding{0, 5};
  const std::vector<Neighbour> found = find_neighbours(folder_.path(), genre_, embedding, 2);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].song, "north");
  EXPECT_NEAR(found[0].similarity, 1, 1e-7);
  EXPECT_EQ(found[1].song, "northeast");
  EXPECT_NEAR(found[1].similarity, 0.8, 1e-7);
  EXPECT_EQ(found[1].genres, "Rock; Jazz");
}

TEST_F(NeighboursTest, AreNoneWithoutTrainingSongs) {
  const test::TemporaryDirectory empty;
  EXPECT_THAT(find_neighbours(empty.path(), genre_, std::vector<float>{0, 1}, 3), testing::IsEmpty());
}

TEST_F(NeighboursTest, APathThatCannotBeLookedAtIsAFileError) {
  EXPECT_THROW(find_neighbours(folder_ / std::string(300, 'x'), genre_, std::vector<float>{0, 1}, 3),
               FileError);
}

TEST_F(NeighboursTest, RefuseEmbeddingsOfAnotherSize) {
  EXPECT_THAT(
      [&] {
        find_neighbours(folder_.path(), genre_, std::vector<float>{0, 1, 2}, 3);
      },
      ThrowsMessage<ModelError>(HasSubstr("its shape is not 3 songs by 3 features")));
}

}  // namespace
}  // namespace gamut::tagging
