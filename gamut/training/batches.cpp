#include "gamut/training/batches.h"

namespace gamut::training {

std::vector<std::span<const std::size_t>> make_batches(std::span<const std::size_t> order,
                                                       std::size_t batch) {
  std::vector<std::span<const std::size_t>> batches;
  while (!order.empty()) {
    const std::size_t count = order.size() <= batch + 1 ? order.size() : batch;
    // One more than a batch: all of it at once where one would be left alone.
    batches.push_back(order.first(count));
    order = order.subspan(count);
  }
  return batches;
}

}  // namespace gamut::training
