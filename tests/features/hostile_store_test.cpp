#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/features/picture_store.h"
#include "tests/support/test_data.h"

namespace gamut::features {
namespace {

TEST(HostileStore, ADescriptionThatIsNoneIsRefusedByName) {
  const test::TemporaryDirectory directory;
  { PictureStoreWriter(directory.path(), {}, 0).sync(); }
  const Json sound = load_json(directory / "pictures.json");
  EXPECT_NO_THROW(PictureStore(directory.path()));
  Json unknown = sound;
  unknown["front_end"]["n_ftt"] = 2048;
  Json wordy = sound;
  wordy["front_end_version"] = "one";
  for (const Json& json : {Json(Json::array()), Json(1), unknown, wordy}) {
    save_json(directory / "pictures.json", json);
    EXPECT_THAT([&] { PictureStore(directory.path()); },
                testing::ThrowsMessage<FileError>(testing::HasSubstr("pictures.json")))
        << json;
  }
}

}  // namespace
}  // namespace gamut::features
