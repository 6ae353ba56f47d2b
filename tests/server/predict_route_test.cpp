// Work on POST /v1/predict whose answer nobody waits for any more.
#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <thread>

#include "apps/server/model_routes.h"
#include "tests/server/model_fixture.h"
#include "tests/server/recording.h"

namespace gamut::server::test {
namespace {

using namespace std::chrono_literals;

class PredictRouteTest : public ModelTest {
 protected:
  void SetUp() override {
    ModelTest::SetUp();
    model_at_work_.emplace(model_);
  }

  /// Cancels a request once its recording is decoded, and waits until the work on it has ended.
  /// @param jobs  recordings scored side by side.
  void give_up_after_decoding(int jobs) {
    const Route route = predict_route(decoder_, DecodeLimits(), *model_at_work_, jobs);
    Upload upload(budget_, 1 << 30);
    upload.append(wav_of_tone(600));
    Cancellation cancellation;
    auto work = std::async(std::launch::async, [&] {
      return route.handle({.path = route.path,
                           .query = {{"timeline", "1"}, {"window_s", "1"}, {"hop_s", "1"}},
                           .content_type = "audio/wav",
                           .body = &upload,
                           .deadline = Clock::now() + 600s,
                           .cancellation = &cancellation});
    });
    while (metrics_.text({}).find("gamut_decode_children_total") == std::string::npos) {
      std::this_thread::sleep_for(1ms);
    }
    cancellation.cancel(Cancellation::Reason::deadline);
    try {
      work.get();
      ADD_FAILURE() << "it was worked on to the end";
    } catch (const HttpError& error) {
      EXPECT_EQ(error.code(), "cancelled") << error.what();
    }
  }

  Metrics metrics_;
  Decoder decoder_{GAMUT_PROGRAM, metrics_};
  UploadBudget budget_{1 << 30};
  std::optional<tagging::Model> model_at_work_;
};

TEST_F(PredictRouteTest, ScoringEndsBeforeAllWindowsAreScored) {
  give_up_after_decoding(1);
}

TEST_F(PredictRouteTest, WaitingForAPlaceToScoreEnds) {
  give_up_after_decoding(0);  // no place ever
}

}  // namespace
}  // namespace gamut::server::test
