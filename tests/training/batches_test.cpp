#include "gamut/training/batches.h"

#include <gtest/gtest.h>

#include <numeric>

namespace gamut::training {
namespace {

std::vector<std::size_t> sizes(std::size_t count, std::size_t batch) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::size_t> found;
  std::size_t next = 0;
  for (const auto run : make_batches(order, batch)) {
    found.push_back(run.size());
    for (const std::size_t index : run) EXPECT_EQ(index, next++);
  }
  EXPECT_EQ(next, count);
  return found;
}

TEST(Batches, LeaveNobodyAlone) {
  using Sizes = std::vector<std::size_t>;
  EXPECT_EQ(sizes(8, 4), (Sizes{4, 4}));
  EXPECT_EQ(sizes(10, 4), (Sizes{4, 4, 2}));
  EXPECT_EQ(sizes(9, 4), (Sizes{4, 5}));
  EXPECT_EQ(sizes(5, 4), (Sizes{5}));
  EXPECT_EQ(sizes(3, 2), (Sizes{3}));
  EXPECT_EQ(sizes(2, 32), (Sizes{2}));
  EXPECT_EQ(sizes(0, 4), (Sizes{}));
}

}  // namespace
}  // namespace gamut::training
