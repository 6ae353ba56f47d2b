#pragma once

#include <torch/torch.h>

#include <string>

namespace gamut::models {

/// While it lives, this thread's convolutions and matrix products on the device work in bfloat16 and the rest
/// in float32. bfloat16 has float32's range, so that gradients need no scaling.
/// @source Kalamkar et al., A study of BFLOAT16 for deep learning training, 2019; LibTorch's autocast.
class MixedPrecision {
 public:
  /// @param precision  "auto" (bfloat16 on a GPU, float32 on a CPU), "float32" (this does nothing) or
  /// "bfloat16".
  MixedPrecision(const torch::Device& device, const std::string& precision);
  ~MixedPrecision();
  MixedPrecision(const MixedPrecision&) = delete;
  MixedPrecision& operator=(const MixedPrecision&) = delete;

 private:
  bool on_gpu_;
  bool is_mixed_;
};

}  // namespace gamut::models
