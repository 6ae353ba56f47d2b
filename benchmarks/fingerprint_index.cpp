// Time and memory of the search for near duplicates among many fingerprints: what docs/audit.md quotes.
//
// Usage: gamut_fingerprint_index SONGS [JOBS]. A song has 948 items, as two minutes of sound have. A third of
// them is drawn, the popular ones far more often, from 200,000 values that all songs share; every hundredth
// song is a copy of another, shifted, with 5 % of the bits turned.
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "gamut/core/random.h"
#include "gamut/doctor/fingerprint_index.h"

namespace {

using Items = std::vector<std::uint32_t>;
constexpr std::size_t kItems = 948, kShared = 200'000, kCopyOfEvery = 100;

std::uint32_t draw_item(gamut::Random& random) {
  return static_cast<std::uint32_t>(random.below(std::uint64_t{1} << 32));
}

Items compose(gamut::Random& random, const Items& shared) {
  Items items(kItems);
  for (std::uint32_t& item : items) {
    const bool is_shared = random.uniform() < 1.0 / 3;
    item = is_shared ? shared[static_cast<std::size_t>(std::pow(random.uniform(), 3) * kShared)]
                     : draw_item(random);
  }
  return items;
}

Items copy(gamut::Random& random, const Items& song) {
  Items items(song.begin() + static_cast<std::ptrdiff_t>(random.below(100)), song.end());
  for (std::uint32_t& item : items) {
    for (int bit = 0; bit < 32; ++bit) item ^= random.uniform() < 0.05 ? 1u << bit : 0;
  }
  return items;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 0;
  if (count == 0) {
    std::fprintf(stderr, "usage: %s SONGS [JOBS]\n", argv[0]);
    return 2;
  }
  gamut::Random random(1, "fingerprints");
  Items shared(kShared);
  for (std::uint32_t& item : shared) item = draw_item(random);
  std::vector<Items> songs;
  std::size_t planted = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_copy = i % kCopyOfEvery == kCopyOfEvery - 1;
    songs.push_back(is_copy ? copy(random, songs[i - kCopyOfEvery / 2]) : compose(random, shared));
    planted += is_copy ? 1 : 0;
  }
  const std::vector<gamut::doctor::Fingerprint> views(songs.begin(), songs.end());
  const auto start = std::chrono::steady_clock::now();
  const std::size_t found = gamut::doctor::find_matches(views, argc > 2 ? std::atoi(argv[2]) : 1).size();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "%zu songs: %.1f s, %.2f GiB at most, of these %.2f GiB fingerprints; %zu pairs found, %zu planted\n",
      count, elapsed.count(), double(usage.ru_maxrss) / (1 << 20), double(count * kItems * 4) / (1 << 30),
      found, planted);
  return 0;
}
