#include "gamut/features/picture_store.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "gamut/core/error.h"
#include "gamut/core/npy.h"
#include "tests/support/test_data.h"

namespace gamut::features {
namespace {

using spectra::FrontEndOptions;
using spectra::Picture;

FrontEndOptions small_pictures() {
  FrontEndOptions options;
  options.picture_width = 3;
  options.picture_height = 2;
  return options;
}

Picture numbered(std::uint8_t number) {
  return {1, 2, 3, std::vector<std::uint8_t>(6, number)};
}

Picture numbered_stereo() {
  return {2, 2, 3, std::vector<std::uint8_t>(12, 7)};
}

class PictureStoreTest : public testing::Test {
 protected:
  void fill(std::uint8_t count) {
    PictureStoreWriter writer(directory_.path(), small_pictures(), 0);
    for (std::uint8_t i = 0; i < count; ++i) EXPECT_EQ(writer.append(numbered(i)), i);
    writer.sync();
  }
  test::TemporaryDirectory directory_;
};

TEST_F(PictureStoreTest, ReadsBackWhatWasAppended) {
  fill(3);
  const PictureStore store(directory_.path());
  EXPECT_EQ(store.rows(), 3u);
  EXPECT_EQ(store.options(), canonical_options(small_pictures()));
  EXPECT_EQ(store.picture(2).indices, numbered(2).indices);
  EXPECT_EQ(store.checksum(1), picture_checksum(numbered(1).indices));
}

TEST_F(PictureStoreTest, IsAPlainNumPyFile) {
  fill(3);
  const ByteArray array = load_npy_bytes(directory_ / "pictures.npy");
  EXPECT_THAT(array.shape, testing::ElementsAre(3, 2, 3));
}

TEST_F(PictureStoreTest, StereoHasAnAxisOfPlanes) {
  FrontEndOptions stereo = small_pictures();
  stereo.channels = Channels::stereo;
  const Picture picture{2, 2, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}};
  {
    PictureStoreWriter writer(directory_.path(), stereo, 0);
    EXPECT_THROW(writer.append(numbered(1)), ParameterError);
    writer.append(numbered_stereo());
    writer.append(picture);
    writer.sync();
  }
  EXPECT_THAT(load_npy_bytes(directory_ / "pictures.npy").shape, testing::ElementsAre(2, 2, 2, 3));
  const PictureStore store(directory_.path());
  EXPECT_EQ(store.planes(), 2);
  EXPECT_EQ(store.rows(), 2u);
  EXPECT_EQ(store.picture(1), picture);
}

TEST_F(PictureStoreTest, RowsBeyondTheRecordedOnesAreCutOff) {
  fill(3);
  std::ofstream(directory_ / "pictures.npy", std::ios::app | std::ios::binary) << "torn";
  PictureStoreWriter writer(directory_.path(), small_pictures(), 2);
  EXPECT_EQ(writer.rows(), 2u);
  EXPECT_EQ(writer.append(numbered(9)), 2u);
  writer.sync();
  const PictureStore store(directory_.path());
  EXPECT_EQ(store.rows(), 3u);
  EXPECT_EQ(store.picture(2).indices, numbered(9).indices);
}

TEST_F(PictureStoreTest, NoRowIsTakenFromAnOpenStore) {
  fill(3);
  {
    const PictureStore store(directory_.path());
    PictureStoreWriter writer(directory_.path(), small_pictures(), 1);
    EXPECT_EQ(writer.append(numbered(9)), 3u);
    EXPECT_EQ(store.picture(2).indices, numbered(2).indices);
  }
  PictureStoreWriter writer(directory_.path(), small_pictures(), 1);
  EXPECT_EQ(writer.append(numbered(9)), 1u);
}

TEST_F(PictureStoreTest, SaysHowManyRowsALostFileStillHas) {
  fill(3);
  std::filesystem::resize_file(directory_ / "pictures.npy", 128 + 6 + 2);
  EXPECT_EQ(PictureStoreWriter(directory_.path(), small_pictures(), 3).rows(), 1u);
  std::filesystem::remove(directory_ / "pictures.npy");
  EXPECT_EQ(PictureStoreWriter(directory_.path(), small_pictures(), 3).rows(), 0u);
}

TEST_F(PictureStoreTest, RefusesAnotherFrontEnd) {
  fill(1);
  FrontEndOptions other = small_pictures();
  other.n_fft = 1024;
  EXPECT_THROW(PictureStoreWriter(directory_.path(), other, 1), FileError);
}

TEST_F(PictureStoreTest, RefusesAnotherVersion) {
  fill(1);
  Json json = load_json(directory_ / "pictures.json");
  json["front_end_version"] = 999;
  save_json(directory_ / "pictures.json", json);
  try {
    PictureStore store(directory_.path());
    FAIL();
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("version 999 of the front end"));
  }
}

TEST_F(PictureStoreTest, RefusesACutFile) {
  fill(3);
  std::filesystem::resize_file(directory_ / "pictures.npy", 130);
  EXPECT_THROW(PictureStore(directory_.path()), FileError);
}

TEST_F(PictureStoreTest, RefusesAPictureOfAnotherSize) {
  PictureStoreWriter writer(directory_.path(), small_pictures(), 0);
  EXPECT_THROW(writer.append({1, 1, 1, {0}}), ParameterError);
}

}  // namespace
}  // namespace gamut::features
