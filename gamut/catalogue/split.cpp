#include "gamut/catalogue/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "gamut/catalogue/stratify.h"
#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/core/words.h"

namespace gamut::catalogue {
namespace {

using Shares = std::array<std::int64_t, kPartCount>;

Shares make_shares(const SplitOptions& options) {
  for (auto [name, share] : {std::pair("test", options.test), std::pair("validation", options.validation)}) {
    if (!(share >= 0 && share < 1)) {
      throw ParameterError(fmt::format("{} = {} is no share; give a number from 0 to below 1", name, share));
    }
  }
  const std::int64_t test = std::llround(options.test * kMillion);
  const std::int64_t validation = std::llround(options.validation * kMillion);
  if (test + validation >= kMillion) {
    throw ParameterError(
        fmt::format("test = {} and validation = {} leave nothing to train on; together they must be "
                    "below 1",
                    options.test, options.validation));
  }
  return {kMillion - test - validation, validation, test};
}

/// Every song has the field that groups it.
void check_group_field(std::span<const Song> songs, GroupBy group_by) {
  if (group_by == GroupBy::none) return;
  const auto field = group_by == GroupBy::album ? &Song::album : &Song::artist;
  const auto lacking =
      std::count_if(songs.begin(), songs.end(), [&](const Song& s) { return (s.*field).empty(); });
  if (lacking == 0) return;
  throw CatalogueError(
      fmt::format("group_by = \"{0}\": {1} of {2} songs have no {0}; add it (the CSV's column `{0}`, the "
                  "files' tags) and import again, or choose another group_by",
                  to_string(group_by), lacking, songs.size()));
}

/// Song indices in order of name, so that nothing depends on the order in which songs were imported.
std::vector<std::size_t> order_by_name(std::span<const Song> songs) {
  std::vector<std::size_t> order(songs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return songs[a].name < songs[b].name; });
  return order;
}

std::vector<std::vector<std::size_t>> members_of(const Groups& groups, std::span<const std::size_t> order) {
  std::vector<std::vector<std::size_t>> members;
  std::vector<std::size_t> place(groups.count, kNoGroup);
  for (std::size_t song : order) {
    std::size_t& at = place[groups.of_song[song]];
    if (at == kNoGroup) {
      at = members.size();
      members.emplace_back();
    }
    members[at].push_back(song);
  }
  return members;
}

/// Songs per column of a set of songs; columns without any are left out.
std::vector<ColumnCount> count_columns(const LabelMatrix& labels, std::span<const std::size_t> songs) {
  std::vector<ColumnCount> counts{{0, static_cast<std::int64_t>(songs.size())}};
  for (std::size_t g = 0; g < labels.genres.size(); ++g) {
    const auto n =
        std::count_if(songs.begin(), songs.end(), [&](std::size_t song) { return labels.has(song, g); });
    if (n > 0) counts.push_back({static_cast<std::uint32_t>(g + 1), n});
  }
  return counts;
}

/// Totals of songs and of units (groups) per column.
struct Totals {
  explicit Totals(std::size_t columns) : songs(columns), units(columns) {}
  void add(std::span<const ColumnCount> counts) {
    for (const auto& [column, n] : counts) {
      songs[column] += n;
      ++units[column];
    }
  }
  std::vector<std::int64_t> songs, units;
};

/// Every part in use must have songs of each genre, as far as the genre has groups: training first, then
/// test, because a genre that is not learned or not measured is of no use at all.
void require_positives(Balance& balance, const Totals& totals) {
  for (std::size_t column = 0; column < totals.units.size(); ++column) {
    std::int64_t units = totals.units[column];
    for (Part part : {Part::train, Part::test, Part::validation}) {
      const auto index = static_cast<std::size_t>(part);
      if (balance.is_used(index) && units-- > 0) balance.require(index, column);
    }
  }
}

class Splitter {
 public:
  Splitter(std::span<const Song> songs, const LabelMatrix& labels, const SplitOptions& options)
      : songs_(songs),
        labels_(labels),
        shares_(make_shares(options)),
        random_(options.seed, "split"),
        parts_(songs.size(), Part::train) {}

  std::vector<Part> split_groups(GroupBy group_by) {
    const auto groups = members_of(make_groups(songs_, group_by), order_by_name(songs_));
    check_enough(groups.size(), group_by == GroupBy::album ? "albums" : "artists");
    Units units;
    Totals totals(columns());
    for (const auto& group : groups) {
      units.add(count_columns(labels_, group));
      totals.add(units[units.size() - 1]);
    }
    Balance balance(shares_, totals.songs);
    require_positives(balance, totals);
    assign(groups, stratify(units, balance, random_));
    return std::move(parts_);
  }

  /// Places the songs that have no part yet, group by group.
  std::vector<Part> extend(GroupBy group_by, std::span<const std::optional<Part>> kept) {
    Units units;
    Totals totals(columns());
    std::vector<std::vector<std::int64_t>> placed(kPartCount, std::vector<std::int64_t>(columns()));
    std::vector<std::vector<std::size_t>> new_groups;
    for (auto& group : members_of(make_groups(songs_, group_by), order_by_name(songs_))) {
      const std::vector<ColumnCount> counts = count_columns(labels_, group);
      totals.add(counts);
      const std::optional<Part> part = most_frequent(group, kept);
      if (!part) {
        units.add(counts);
        new_groups.push_back(std::move(group));
        continue;
      }
      for (std::size_t song : group) {
        parts_[song] = kept[song].value_or(*part);
        for (const auto& [column, n] : count_columns(labels_, std::span(&song, 1)))
          placed[static_cast<std::size_t>(parts_[song])][column] += n;
      }
    }
    Balance balance(shares_, totals.songs);
    require_positives(balance, totals);
    for (std::size_t part = 0; part < kPartCount; ++part) {
      for (std::size_t column = 0; column < columns(); ++column) {
        const ColumnCount count{static_cast<std::uint32_t>(column), placed[part][column]};
        balance.add(std::span(&count, 1), part);
      }
    }
    assign(new_groups, stratify(units, balance, random_));
    return std::move(parts_);
  }

  std::vector<Part> split_songs() {
    check_enough(songs_.size(), "songs");
    Totals totals(columns());
    std::vector<std::vector<std::size_t>> large;
    std::vector<std::vector<std::size_t>> pooled;  // one song each
    for (auto& set : label_sets(labels_, order_by_name(songs_))) {
      if (is_large(set.size())) {
        random_.shuffle(std::span(set));
        totals.add(count_columns(labels_, set));
        large.push_back(std::move(set));
      } else {
        for (std::size_t song : set) pooled.push_back({song});
      }
    }
    Balance balance(shares_, totals.songs);
    deal_large_sets(large, balance);

    Totals all(columns());
    for (const auto& set : large) {
      for (std::size_t song : set) all.add(count_columns(labels_, std::span(&song, 1)));
    }
    Units units;
    for (const auto& song : pooled) {
      units.add(count_columns(labels_, song));
      all.add(units[units.size() - 1]);
    }
    balance.set_totals(all.songs);
    require_positives(balance, all);
    assign(pooled, stratify(units, balance, random_));
    return std::move(parts_);
  }

 private:
  std::size_t columns() const { return labels_.genres.size() + 1; }

  void check_enough(std::size_t groups, const char* what) const {
    const auto needed =
        std::count_if(shares_.begin(), shares_.end(), [](std::int64_t share) { return share > 0; });
    if (groups >= static_cast<std::size_t>(needed)) return;
    throw CatalogueError(
        fmt::format("{} {} are too few for {} parts of which each needs one; import more songs, group "
                    "less strictly, or ask for no validation part",
                    groups, what, needed));
  }

  /// The part that most of a group's kept songs are in, the first of equals; none where none is kept.
  static std::optional<Part> most_frequent(std::span<const std::size_t> group,
                                           std::span<const std::optional<Part>> kept) {
    std::array<std::int64_t, kPartCount> songs{};
    for (std::size_t song : group) {
      if (kept[song]) ++songs[static_cast<std::size_t>(*kept[song])];
    }
    const auto most = std::max_element(songs.begin(), songs.end());
    if (*most == 0) return std::nullopt;
    return static_cast<Part>(most - songs.begin());
  }

  /// Large enough for one song in the smallest part.
  bool is_large(std::size_t songs) const {
    std::int64_t smallest = kMillion;
    for (std::int64_t share : shares_) {
      if (share > 0) smallest = std::min(smallest, share);
    }
    return static_cast<std::int64_t>(songs) * smallest >= kMillion;
  }

  /// Each label set gives every part its share rounded down; the songs that are left go, one a part at most,
  /// where the whole and their genres need them, so that rounding does not add up over the sets.
  void deal_large_sets(const std::vector<std::vector<std::size_t>>& sets, Balance& balance) {
    std::vector<std::size_t> next(sets.size());
    auto deal = [&](std::size_t s, std::size_t part) {
      const std::size_t song = sets[s][next[s]++];
      balance.add(count_columns(labels_, std::span(&song, 1)), part);
      parts_[song] = static_cast<Part>(part);
    };
    auto size = [&](std::size_t s) { return static_cast<std::int64_t>(sets[s].size()); };
    for (std::size_t s = 0; s < sets.size(); ++s) {
      for (std::size_t part = 0; part < kPartCount; ++part) {
        for (std::int64_t n = size(s) * shares_[part] / kMillion; n > 0; --n) deal(s, part);
      }
    }
    std::vector<std::size_t> order(sets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    random_.shuffle(std::span(order));
    for (std::size_t s : order) {
      std::array<bool, kPartCount> open{};
      for (std::size_t part = 0; part < kPartCount; ++part)
        open[part] = size(s) * shares_[part] % kMillion != 0;
      while (next[s] < sets[s].size()) {
        const auto counts = count_columns(labels_, std::span(&sets[s][next[s]], 1));
        std::optional<std::size_t> best;
        for (std::size_t part = 0; part < kPartCount; ++part) {
          if (open[part] && (!best || balance.change(counts, part, 1) < balance.change(counts, *best, 1)))
            best = part;
        }
        open[*best] = false;
        deal(s, *best);
      }
    }
  }

  void assign(const std::vector<std::vector<std::size_t>>& groups, const std::vector<std::uint8_t>& parts) {
    for (std::size_t group = 0; group < groups.size(); ++group) {
      for (std::size_t song : groups[group]) parts_[song] = static_cast<Part>(parts[group]);
    }
  }

  std::span<const Song> songs_;
  const LabelMatrix& labels_;
  Shares shares_;
  Random random_;
  std::vector<Part> parts_;
};

constexpr auto kPartWords = std::to_array<Word<Part>>(
    {{Part::train, "train"}, {Part::validation, "validation"}, {Part::test, "test"}});

}  // namespace

std::string_view to_string(Part part) {
  return word_of(part, kPartWords);
}

Part parse_part(std::string_view word) {
  return parse_word("part", word, kPartWords);
}

std::vector<Part> draw_split(std::span<const Song> songs, const LabelMatrix& labels,
                             const SplitOptions& options, std::span<const std::optional<Part>> kept) {
  if (!kept.empty() && kept.size() != songs.size()) {
    throw ParameterError(fmt::format("{} kept parts do not fit {} songs", kept.size(), songs.size()));
  }
  if (labels.values.size() != songs.size() * labels.genres.size()) {
    throw ParameterError(fmt::format("{} labels do not fit {} songs and {} genres", labels.values.size(),
                                     songs.size(), labels.genres.size()));
  }
  Splitter splitter(songs, labels, options);
  check_group_field(songs, options.group_by);
  const bool keeps = std::any_of(kept.begin(), kept.end(), [](const auto& part) { return part.has_value(); });
  if (keeps) return splitter.extend(options.group_by, kept);
  return options.group_by == GroupBy::none ? splitter.split_songs() : splitter.split_groups(options.group_by);
}

}  // namespace gamut::catalogue
