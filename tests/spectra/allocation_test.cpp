// A program of its own, because it replaces operator new for all of itself.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "gamut/spectra/front_end.h"
#include "gamut/spectra/scale.h"
#include "tests/spectra/signals.h"

namespace {

std::atomic<std::size_t> n_allocations = 0;

void* allocate(std::size_t n_bytes, std::size_t alignment) {
  ++n_allocations;
  // aligned_alloc wants whole multiples of the alignment.
  void* memory = std::aligned_alloc(alignment, (n_bytes / alignment + 1) * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

// Where g++ 12 inlines one side only, it takes the pair for mismatched (GCC bug 103993).
[[gnu::noinline]] void* operator new(std::size_t n_bytes) {
  return allocate(n_bytes, alignof(std::max_align_t));
}
[[gnu::noinline]] void* operator new(std::size_t n_bytes, std::align_val_t alignment) {
  return allocate(n_bytes, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void* operator new(std::size_t n_bytes, const std::nothrow_t&) noexcept {
  ++n_allocations;
  return std::malloc(n_bytes);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace gamut::spectra {
namespace {

/// 13.6 s; most buffers are as large as they get by then.
constexpr std::size_t kSamples = 300000;

template <class Work>
std::size_t count_allocations(const Work& work) {
  const std::size_t before = n_allocations;
  work();
  return n_allocations - before;
}

TEST(Allocation, IsCounted) {
  EXPECT_EQ(count_allocations([] { ::operator delete(::operator new(10)); }), 1);
  EXPECT_EQ(count_allocations([] {}), 0);
}

class FrameLoop : public testing::TestWithParam<std::string> {
 protected:
  // A scale that starts from the signal holds pieces of it, and how full the last ones get depends on the
  // length: their buffers may grow a few times more. An allocation a frame would be 1,757 more, one a
  // piece 27.
  static std::size_t few_more(const FrontEnd& front_end) {
    return front_end.scale().as_spectrum_scale() != nullptr ? 0 : 5;
  }

  const std::vector<float> short_ = test::make_noise(kSamples);
  const std::vector<float> long_ = test::make_noise(4 * kSamples);
};

TEST_P(FrameLoop, AllocatesNothingForAFrameOfPower) {
  const FrontEnd front_end({.scale = GetParam()});
  std::size_t n_frames = 0;
  const FrameSink sink = [&](std::size_t, std::span<const float>) { ++n_frames; };
  const auto count = [&](std::span<const float> signal) {
    return count_allocations([&] { front_end.scale().stream_power(signal, sink); });
  };
  const std::size_t n_short = count(short_);
  EXPECT_LE(count(long_), n_short + few_more(front_end));
  EXPECT_EQ(n_frames, front_end.scale().n_frames(kSamples) + front_end.scale().n_frames(4 * kSamples));
}

TEST_P(FrameLoop, AllocatesNothingForAFrameOfAPicture) {
  for (const Reduce reduce : {Reduce::nearest, Reduce::mean}) {
    const FrontEnd front_end({.scale = GetParam(), .reduce = reduce});
    const auto count = [&](std::span<const float> signal) {
      return count_allocations([&] { front_end.compute_picture(signal); });
    };
    const std::size_t n_short = count(short_);
    EXPECT_GT(n_short, 0);
    EXPECT_LE(count(long_), n_short + few_more(front_end)) << to_string(reduce);
  }
}

INSTANTIATE_TEST_SUITE_P(Scales, FrameLoop, testing::ValuesIn(scale_names()), [](const auto& scale) {
  std::string name = scale.param;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace gamut::spectra
