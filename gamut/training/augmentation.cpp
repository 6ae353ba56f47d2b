#include "gamut/training/augmentation.h"

#include <cmath>
#include <numeric>
#include <vector>

namespace gamut::training {
namespace {

double draw_gamma(double shape, Random& random) {
  if (shape < 1) return draw_gamma(shape + 1, random) * std::pow(random.uniform(), 1 / shape);
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = random.normal();
    const double v = std::pow(1 + c * x, 3);
    if (v > 0 && std::log(1 - random.uniform()) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
  }
}

/// Sets a stripe of up to `share` of an axis to the mean of each channel.
void mask(torch::Tensor picture, std::int64_t axis, double share, Random& random) {
  const std::int64_t size = picture.size(axis);
  const auto widest = static_cast<std::uint64_t>(share * static_cast<double>(size));
  const auto width = static_cast<std::int64_t>(random.below(widest + 1));
  const auto start = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(size - width + 1)));
  if (width == 0) return;
  picture.narrow(axis, start, width).copy_(picture.mean({1, 2}, /*keepdim=*/true).clone());
}

void mix(Batch& batch, double alpha, Random& random) {
  const double share = draw_beta(alpha, random);
  std::vector<std::int64_t> order(static_cast<std::size_t>(batch.pictures.size(0)));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  random.shuffle(std::span(order));
  const torch::Tensor others = torch::tensor(order);
  batch.pictures = share * batch.pictures + (1 - share) * batch.pictures.index_select(0, others);
  batch.targets = share * batch.targets + (1 - share) * batch.targets.index_select(0, others);
}

}  // namespace

double draw_beta(double alpha, Random& random) {
  const double a = draw_gamma(alpha, random);
  const double b = draw_gamma(alpha, random);
  return a + b > 0 ? a / (a + b) : 0.5;
}

void augment(Batch& batch, const AugmentationOptions& options, Random& random) {
  for (std::int64_t i = 0; i < batch.pictures.size(0); ++i) {
    const torch::Tensor picture = batch.pictures[i];
    if (options.time_shift > 0) {
      const double widest = options.time_shift * static_cast<double>(picture.size(2));
      picture.copy_(picture.roll(std::llround(random.uniform(-widest, widest)), 2));
    }
    for (int m = 0; m < options.time_masks; ++m) mask(picture, 2, options.time_mask, random);
    for (int m = 0; m < options.frequency_masks; ++m) mask(picture, 1, options.frequency_mask, random);
  }
  if (options.mixup > 0) mix(batch, options.mixup, random);
}

}  // namespace gamut::training
