#include "gamut/models/ensemble.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/models/scores.h"

namespace gamut::models {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

/// Row r is a picture of noise seeded by r.
class NoiseInput : public NetworkInput {
 public:
  torch::Tensor compute(std::span<const std::size_t> rows) const override {
    std::vector<torch::Tensor> pictures;
    for (const std::size_t row : rows) {
      at::Generator generator = at::detail::createCPUGenerator(row + 1);
      pictures.push_back(torch::randn({3, 32, 32}, generator));
    }
    return torch::stack(pictures);
  }
};

TEST(Ensemble, EveryMemberFillsItsOwnColumns) {
  Network two = make_network("resnet18", 2, 1);
  Network one = make_network("resnet18", 1, 2);
  two->eval();
  one->eval();
  const NoiseInput input;
  std::vector<std::size_t> rows(20);  // more than one batch
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  const std::vector<double> of_two = compute_logits(two, input, rows, 4);
  const std::vector<double> of_one = compute_logits(one, input, rows, 4);

  const Ensemble ensemble({{two, {{2, 0}, {0, 1}}}, {one, {{1, 0}}}}, 3, torch::kCPU);
  const std::vector<double> scores = ensemble.compute_scores(input, rows.size());
  ASSERT_EQ(scores.size(), 60u);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_NEAR(scores[3 * i], sigmoid(of_two[2 * i + 1]), 1e-5);
    EXPECT_NEAR(scores[3 * i + 1], sigmoid(of_one[i]), 1e-5);
    EXPECT_NEAR(scores[3 * i + 2], sigmoid(of_two[2 * i]), 1e-5);
  }
  EXPECT_TRUE(ensemble.compute_scores(input, 0).empty());
}

TEST(Ensemble, AsksBeforeEachNetworkOfEachBatchWhetherToGoOn) {
  const Ensemble ensemble(
      {{make_network("resnet18", 1, 1), {{0, 0}}}, {make_network("resnet18", 1, 2), {{1, 0}}}}, 2,
      torch::kCPU);
  const NoiseInput input;
  int n_asked = 0;
  ensemble.compute_scores(input, 20, [&] { ++n_asked; });
  EXPECT_EQ(n_asked, 4);  // two batches of two networks
  n_asked = 0;
  EXPECT_THROW(ensemble.compute_scores(input, 1000,
                                       [&] {
                                         if (++n_asked == 3) throw Error("enough");
                                       }),
               Error);
  EXPECT_EQ(n_asked, 3);
}

TEST(Ensemble, RefusesColumnsThatAreNobodysOrSeverals) {
  const auto make = [](std::vector<std::pair<std::size_t, std::int64_t>> outputs) {
    return Ensemble({{make_network("resnet18", 2, 1), std::move(outputs)}}, 2, torch::kCPU);
  };
  EXPECT_THAT(
      [&] {
        make({{0, 0}});
      },
      ThrowsMessage<ModelError>(HasSubstr("0 networks answer for column 1")));
  EXPECT_THAT(
      [&] {
        make({{0, 0}, {0, 1}, {1, 1}});
      },
      ThrowsMessage<ModelError>(HasSubstr("2 networks answer for column 0")));
  EXPECT_THAT([&] { make({{0, 0}, {1, 2}}); }, ThrowsMessage<ModelError>(HasSubstr("has no output 2")));
}

}  // namespace
}  // namespace gamut::models
