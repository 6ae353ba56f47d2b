#include "gamut/models/device.h"

#include <ATen/Parallel.h>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::models {

torch::Device find_device(const std::string& word) {
  if (word != "auto" && word != "cpu" && word != "cuda") {
    throw ParameterError("unknown device \"" + printable(word) + "\"; known are auto, cpu and cuda");
  }
  const bool usable = word != "cpu" && torch::cuda::is_available();
  if (word == "cuda" && !usable) {
    throw ParameterError(
        "device \"cuda\": this Torch finds no GPU that it can use; take \"cpu\" or \"auto\"");
  }
  return usable ? torch::Device(torch::kCUDA) : torch::Device(torch::kCPU);
}

void use_threads(int threads) {
  if (threads < 1) throw ParameterError("at least 1 thread is needed, not " + std::to_string(threads));
  at::set_num_threads(threads);
}

}  // namespace gamut::models
