#include "gamut/statistics/corrected_t_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "gamut/core/random.h"
#include "gamut/statistics/tests.h"
#include "tests/statistics/message_of.h"

namespace gamut::statistics {
namespace {

using testing::HasSubstr;

using Sample = std::vector<double>;

TEST(CorrectedT, RaisesTheVarianceByTestOverTraining) {
  // Differences 2, 3, 0, 5: mean 2.5, variance 13 / 3; nine training songs a test song.
  const CorrectedTTest test = corrected_t_test(Sample{2, 3, 0, 5}, 1.0 / 9);
  const double error = std::sqrt((1.0 / 4 + 1.0 / 9) * 13 / 3);
  EXPECT_NEAR(test.t, 2.5 / error, 1e-12);
  EXPECT_EQ(test.df, 3);
  EXPECT_NEAR(test.p, student_t_two_sided_p(2.5 / error, 3), 1e-12);
  EXPECT_NEAR(test.high - test.mean_difference, 3.182446305284263 * error, 1e-9);
  EXPECT_NEAR(test.mean_difference - test.low, 3.182446305284263 * error, 1e-9);
}

TEST(CorrectedT, NearsTheOrdinaryTestAsTheTestSongsGetFew) {
  const Sample differences = {0.1, 0.3, -0.2, 0.4, 0.2};
  const PairedTTest ordinary = paired_t_test(differences, Sample(5, 0.0));
  EXPECT_NEAR(corrected_t_test(differences, 1e-12).t, ordinary.t, 1e-9);
  EXPECT_LT(corrected_t_test(differences, 0.25).t, ordinary.t);
}

TEST(CorrectedT, KeepsItsLevelWhereSplitsShareASource) {
  // Each difference has a part that all splits share, with the correlation that the correction assumes:
  // rho = test / (test + train). The ordinary test finds far too many differences there.
  constexpr double kTestToTrain = 1.0 / 4;
  constexpr double kRho = kTestToTrain / (1 + kTestToTrain);
  Random random(8);
  int corrected = 0;
  int ordinary = 0;
  constexpr int kTimes = 3000;
  for (int i = 0; i < kTimes; ++i) {
    const double shared = std::sqrt(kRho) * random.normal();
    Sample differences(10);
    for (double& value : differences) value = shared + std::sqrt(1 - kRho) * random.normal();
    if (corrected_t_test(differences, kTestToTrain).p < 0.05) ++corrected;
    if (paired_t_test(differences, Sample(10, 0.0)).p < 0.05) ++ordinary;
  }
  EXPECT_NEAR(corrected / double(kTimes), 0.05, 0.012);
  EXPECT_GT(ordinary / double(kTimes), 0.15);
}

TEST(CorrectedT, RefusesWhatHasNoT) {
  EXPECT_THAT(message_of([] { corrected_t_test(Sample{1}, 0.1); }), HasSubstr("at least 2"));
  EXPECT_THAT(message_of([] { corrected_t_test(Sample{1, 1}, 0.1); }), HasSubstr("all 2 differences are 1"));
  EXPECT_THAT(message_of([] {
                corrected_t_test(Sample{1, 2}, 0);
              }),
              HasSubstr("0 test songs for a training song"));
}

}  // namespace
}  // namespace gamut::statistics
