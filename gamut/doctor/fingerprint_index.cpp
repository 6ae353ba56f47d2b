#include "gamut/doctor/fingerprint_index.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <tuple>

#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"

namespace gamut::doctor {
namespace {

constexpr double kFullErrorRate = 0.25;
/// The finest steps of Chromaprint's last classifiers, which noise turns first, are left out of the keys.
constexpr int kIgnoredBits = 4;
constexpr std::uint32_t kSampledOf = 2;
constexpr std::size_t kNeededVotes = 2;

struct Posting {
  std::uint32_t key;
  std::uint32_t song;
  std::int32_t position;
};

/// Whether an item enters the index: a choice by value, the same in every song (Knuth's multiplicative hash).
bool is_sampled(std::uint32_t key) {
  return (key * 2654435761u >> 16) % kSampledOf == 0;
}

/// Calls `use(key, position)` for the sampled items; of equal ones in a row, for the first.
template <class Use>
void for_each_key(Fingerprint fingerprint, Use&& use) {
  std::optional<std::uint32_t> previous;
  for (std::size_t i = 0; i < fingerprint.size(); ++i) {
    const std::uint32_t key = fingerprint[i] >> kIgnoredBits;
    if (key != previous && is_sampled(key)) use(key, static_cast<std::int32_t>(i));
    previous = key;
  }
}

std::vector<Posting> make_postings(std::span<const Fingerprint> fingerprints) {
  std::vector<Posting> postings;
  for (std::size_t song = 0; song < fingerprints.size(); ++song) {
    for_each_key(fingerprints[song], [&](std::uint32_t key, std::int32_t position) {
      postings.push_back({key, static_cast<std::uint32_t>(song), position});
    });
  }
  std::sort(postings.begin(), postings.end(), [](const Posting& a, const Posting& b) {
    return std::tie(a.key, a.song, a.position) < std::tie(b.key, b.song, b.position);
  });
  return postings;
}

std::size_t count_songs(std::span<const Posting> postings) {
  std::size_t songs = 0;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    songs += i == 0 || postings[i].song != postings[i - 1].song ? 1 : 0;
  }
  return songs;
}

void erase_common(std::vector<Posting>& postings) {
  auto kept = postings.begin();
  for (auto from = postings.begin(); from != postings.end();) {
    const auto to =
        std::find_if(from, postings.end(), [&](const Posting& posting) { return posting.key != from->key; });
    if (count_songs(std::span(from, to)) <= kCommonItem) {
      kept = std::move(from, to, kept);
    }
    from = to;
  }
  postings.erase(kept, postings.end());
}

/// An earlier song that shares an item with this one, and the offset at which it does.
struct Vote {
  std::uint32_t song;
  std::int32_t offset;
  auto operator<=>(const Vote&) const = default;
};

std::vector<Vote> collect_votes(const std::vector<Posting>& postings, Fingerprint fingerprint,
                                std::size_t song) {
  std::vector<Vote> votes;
  for_each_key(fingerprint, [&](std::uint32_t key, std::int32_t position) {
    auto posting = std::lower_bound(
        postings.begin(), postings.end(), key,
        [](const Posting& candidate, std::uint32_t wanted) { return candidate.key < wanted; });
    for (; posting != postings.end() && posting->key == key && posting->song < song; ++posting) {
      votes.push_back({posting->song, posting->position - position});
    }
  });
  std::sort(votes.begin(), votes.end());
  return votes;
}

bool is_varied(Fingerprint items) {
  std::vector<std::uint32_t> sorted(items.begin(), items.end());
  std::sort(sorted.begin(), sorted.end());
  return std::unique(sorted.begin(), sorted.end()) - sorted.begin() >=
         static_cast<std::ptrdiff_t>(kDistinctItems);
}

/// Where the overlap begins in `first`.
std::size_t overlap_start(const Match& match) {
  return static_cast<std::size_t>(std::max(match.offset_items, 0));
}

bool is_same_recording(const Match& match, Fingerprint first) {
  return match.overlap_items > 0 && match.bit_error_rate <= largest_bit_error_rate(match.overlap_items) &&
         is_varied(first.subspan(overlap_start(match), static_cast<std::size_t>(match.overlap_items)));
}

/// The best match of `song` with every earlier one, song by song.
std::vector<Match> match_song(std::span<const Fingerprint> fingerprints, const std::vector<Posting>& postings,
                              std::size_t song) {
  const std::vector<Vote> votes = collect_votes(postings, fingerprints[song], song);
  std::vector<Match> matches;
  for (auto from = votes.begin(); from != votes.end();) {
    // Votes of neighbouring offsets count together: copies are rarely shifted by whole items.
    auto to = from + 1;
    while (to != votes.end() && to->song == from->song && to->offset - (to - 1)->offset <= 1) ++to;
    if (static_cast<std::size_t>(to - from) >= kNeededVotes) {
      const Fingerprint first = fingerprints[from->song];
      Match match = align(first, fingerprints[song], (from + (to - from) / 2)->offset);
      if (is_same_recording(match, first)) {
        match.first = from->song;
        match.second = song;
        if (matches.empty() || matches.back().first != match.first) {
          matches.push_back(match);
        } else if (match.overlap_items > matches.back().overlap_items) {
          matches.back() = match;
        }
      }
    }
    from = to;
  }
  return matches;
}

}  // namespace

double largest_bit_error_rate(int overlap_items) {
  if (overlap_items >= kFullOverlapItems) return kFullErrorRate;
  return std::max(0.0, 0.5 - (0.5 - kFullErrorRate) * std::sqrt(double(kFullOverlapItems) / overlap_items));
}

Match align(Fingerprint first, Fingerprint second, int offset_items) {
  Match best{.bit_error_rate = 1};
  for (int offset = offset_items - 1; offset <= offset_items + 1; ++offset) {
    const std::ptrdiff_t start = std::max(offset, 0);
    const std::ptrdiff_t end = std::min(std::ssize(first), std::ssize(second) + offset);
    if (end <= start) continue;
    std::int64_t errors = 0;
    for (std::ptrdiff_t i = start; i < end; ++i) {
      errors +=
          std::popcount(first[static_cast<std::size_t>(i)] ^ second[static_cast<std::size_t>(i - offset)]);
    }
    const double rate = double(errors) / (32.0 * double(end - start));
    if (rate < best.bit_error_rate) {
      best.offset_items = offset;
      best.overlap_items = static_cast<int>(end - start);
      best.bit_error_rate = rate;
    }
  }
  return best;
}

std::vector<Match> find_matches(std::span<const Fingerprint> fingerprints, int jobs) {
  std::vector<Posting> postings = make_postings(fingerprints);
  erase_common(postings);
  std::vector<std::vector<Match>> of_song(fingerprints.size());
  parallel_for(fingerprints.size(), jobs, [&](std::size_t song) {
    check_interrupted();
    of_song[song] = match_song(fingerprints, postings, song);
  });
  std::vector<Match> matches;
  for (const std::vector<Match>& some : of_song) matches.insert(matches.end(), some.begin(), some.end());
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  return matches;
}

}  // namespace gamut::doctor
