#include "gamut/tagging/model_card.h"
#include "gamut/core/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut::tagging {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;

class ModelCardTest : public testing::Test {
 protected:
  ModelCardTest() {
    card_.name = "a run";
    card_.scale = "mel";
    card_.architecture = "resnet18";
    card_.front_end.hop_length = 256;
    card_.colour_map = "gray";
    card_.input.input_size = 0;
    card_.genres = {{"R&B", "networks/a.safetensors", 1, {0.25, "few songs"}, {0.5, 0.1}},
                    {"Jazz", "networks/a.safetensors", 0, {}, {}}};
    card_.training = {{"epochs", 3}};
    save_atomically(folder_ / "networks/a.safetensors", "weights");
    save_model_card(folder_.path(), card_);
  }

  void change(const std::function<void(Json&)>& change) {
    Json json = load_json(folder_ / "model.json");
    change(json);
    save_json(folder_ / "model.json", json);
  }

  test::TemporaryDirectory folder_;
  ModelCard card_;
};

TEST_F(ModelCardTest, RoundTrips) {
  const ModelCard loaded = load_model_card(folder_.path());
  EXPECT_EQ(loaded.name, "a run");
  EXPECT_EQ(loaded.front_end, card_.front_end);
  EXPECT_EQ(loaded.colour_map, "gray");
  EXPECT_EQ(loaded.input.input_size, 0);
  EXPECT_EQ(loaded.training, card_.training);
  ASSERT_EQ(loaded.genres.size(), 2u);
  EXPECT_EQ(loaded.genres[0].name, "R&B");
  EXPECT_EQ(loaded.genres[0].output, 1);
  EXPECT_EQ(loaded.genres[0].threshold.value, 0.25);
  EXPECT_EQ(loaded.genres[0].threshold.note, "few songs");
  EXPECT_EQ(loaded.genres[0].prior.real, 0.1);
  EXPECT_THAT(loaded.network_files(), ElementsAre("networks/a.safetensors"));
}

TEST_F(ModelCardTest, ChecksumsFindWhatChangedOrWent) {
  EXPECT_THAT(find_damage(folder_.path(), card_), IsEmpty());
  save_atomically(folder_ / "networks/a.safetensors", "weighty");
  EXPECT_THAT(find_damage(folder_.path(), card_),
              ElementsAre("networks/a.safetensors is not what was written"));
  std::filesystem::remove(folder_ / "model.json");
  EXPECT_THAT(find_damage(folder_.path(), card_), testing::Contains("model.json is missing"));
}

TEST_F(ModelCardTest, ChecksumsReadNoFileOutsideTheModel) {
  save_atomically(folder_ / "checksums.sha256", std::string(64, '0') + "  ../../etc/passwd\n");
  EXPECT_THAT(find_damage(folder_.path(), card_), testing::Contains(HasSubstr("names no file of the model")));
}

TEST_F(ModelCardTest, AFileWithoutChecksumIsDamage) {
  const std::string whole = load_text(folder_ / "checksums.sha256");
  save_atomically(folder_ / "checksums.sha256", whole.substr(0, whole.find('\n') + 1));
  EXPECT_THAT(find_damage(folder_.path(), card_),
              ElementsAre("checksums.sha256 says nothing of networks/a.safetensors"));
  save_atomically(folder_ / "checksums.sha256", "");
  EXPECT_THAT(find_damage(folder_.path(), card_), testing::SizeIs(2));
}

TEST_F(ModelCardTest, APathThatCannotBeLookedAtIsAFileError) {
  const std::filesystem::path absurd = folder_ / std::string(300, 'x');  // longer than a name may be
  EXPECT_THROW(load_model_card(absurd), FileError);
  EXPECT_THROW(find_damage(absurd, card_), FileError);
  change([](Json& json) { json["genres"][0]["network"] = std::string(300, 'x'); });
  EXPECT_THROW(load_model_card(folder_.path()), FileError);
}

TEST_F(ModelCardTest, RefusesWhatIsNoModelOrMalformed) {
  EXPECT_THAT([&] { load_model_card(folder_ / "elsewhere"); },
              ThrowsMessage<FileError>(HasSubstr("it has no model.json")));
  const auto refuses = [&](const std::function<void(Json&)>& damage, const std::string& message) {
    save_model_card(folder_.path(), card_);
    change(damage);
    EXPECT_THAT([&] { load_model_card(folder_.path()); }, ThrowsMessage<ModelError>(HasSubstr(message)));
  };
  refuses([](Json& json) { json["gamut_model"] = 2; }, "of another version");
  refuses([](Json& json) { json["genres"] = Json::array(); }, "genres");
  refuses([](Json& json) { json["genres"][0]["network"] = "../a"; }, "no file of the model's directory");
  refuses([](Json& json) { json["genres"][0]["network"] = "/etc/passwd"; },
          "no file of the model's directory");
  refuses([](Json& json) { json["genres"][1]["threshold"] = 1.0; }, "is not in [0, 1)");
  refuses([](Json& json) { json["genres"][1]["prior_real"] = 0; }, "is not in (0, 1)");
  refuses([](Json& json) { json["genres"][1]["output"] = -1; }, "is below 0");
  refuses([](Json& json) { json["front_end"]["n_fft"] = 7; }, "n_fft");
  refuses([](Json& json) { json.erase("front_end"); }, "front_end");
  refuses([](Json& json) { json["input_size"] = 100000; }, "0 to 4096");
  refuses([](Json& json) { json["surprise"] = 1; }, "surprise");
}

}  // namespace
}  // namespace gamut::tagging
