#include "gamut/spectra/downsampler.h"

#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "gamut/core/error.h"

namespace gamut::spectra {
namespace {

constexpr std::size_t kBlockSamples = 1 << 14;

}  // namespace

void Downsampler::Deleter::operator()(soxr* state) const {
  soxr_delete(state);
}

Downsampler::Downsampler(int factor, std::size_t n_samples)
    : gain_(static_cast<float>(std::sqrt(factor))),
      n_expected_((n_samples + static_cast<std::size_t>(factor) - 1) / static_cast<std::size_t>(factor)) {
  soxr_error_t fault = nullptr;
  const soxr_io_spec_t types = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
  soxr_.reset(soxr_create(factor, 1, 1, &fault, &types, &quality, &runtime));
  if (fault != nullptr) throw Error(std::string("libsoxr failed: ") + fault);
}

// Takes what fits one block of output; returns how many samples it used.
std::size_t Downsampler::process(const float* input, std::size_t n_input, std::vector<float>& output) {
  const std::size_t before = output.size();
  output.resize(before + kBlockSamples);
  std::size_t n_used = 0;
  std::size_t n_made = 0;
  const soxr_error_t fault =
      soxr_process(soxr_.get(), input, n_input, &n_used, output.data() + before, kBlockSamples, &n_made);
  if (fault != nullptr) throw Error(std::string("libsoxr failed: ") + fault);
  n_made = std::min(n_made, n_expected_ - n_made_);
  n_made_ += n_made;
  output.resize(before + n_made);
  for (std::size_t i = before; i < output.size(); ++i) output[i] *= gain_;
  return n_used;
}

void Downsampler::push(std::span<const float> samples, std::vector<float>& output) {
  while (!samples.empty()) {
    const std::size_t n = std::min(samples.size(), kBlockSamples);
    samples = samples.subspan(process(samples.data(), n, output));
  }
}

void Downsampler::finish(std::vector<float>& output) {
  for (std::size_t before = output.size() + 1; before != output.size();) {
    before = output.size();
    process(nullptr, 0, output);
  }
  output.resize(output.size() + n_expected_ - n_made_);
  n_made_ = n_expected_;
}

}  // namespace gamut::spectra
