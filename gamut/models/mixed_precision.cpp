#include "gamut/models/mixed_precision.h"

#include <ATen/autocast_mode.h>

namespace gamut::models {

MixedPrecision::MixedPrecision(const torch::Device& device, const std::string& precision)
    : on_gpu_(device.is_cuda()), is_mixed_(precision == "bfloat16" || (precision == "auto" && on_gpu_)) {
  if (!is_mixed_) return;
  at::autocast::increment_nesting();
  if (on_gpu_) {
    at::autocast::set_autocast_gpu_dtype(torch::kBFloat16);
    at::autocast::set_enabled(true);
  } else {
    at::autocast::set_autocast_cpu_dtype(torch::kBFloat16);
    at::autocast::set_cpu_enabled(true);
  }
}

MixedPrecision::~MixedPrecision() {
  if (!is_mixed_) return;
  if (on_gpu_) {
    at::autocast::set_enabled(false);
  } else {
    at::autocast::set_cpu_enabled(false);
  }
  if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
}

}  // namespace gamut::models
