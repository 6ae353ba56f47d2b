#include "gamut/tags/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/label_key.h"
#include "gamut/core/text.h"
#include "gamut/tags/genre_field.h"

namespace gamut::tags {
namespace {

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char letter) { return static_cast<unsigned char>(letter) < ' '; });
}

void check_genre(const std::string& genre) {
  if (trim(genre).empty() || !is_utf8(genre) || has_control_character(genre)) {
    throw ParameterError("the genre \"" + printable(genre) +
                         "\" cannot be written to tags: it is empty, not UTF-8, or has control characters");
  }
}

std::string scores_text(const std::vector<GenreScore>& scores) {
  std::string text;
  for (const GenreScore& entry : scores) {
    text += fmt::format("{}{}={:.3f}", text.empty() ? "" : ";", entry.genre, entry.score);
  }
  return text;
}

/// What ID3v2 reads as something else than it is: "17" is Rock, and brackets in front hold references.
void require_id3v2_keeps(const GenreFields& fields, const std::filesystem::path& file) {
  for (const std::string& genre : fields.genres) {
    if (!genre.starts_with('(') && id3_genre(genre).empty()) continue;
    throw FileError(printable(file.string()) + ": the genre \"" + printable(genre) +
                        "\" means another one in ID3v2; give it another name",
                    file);
  }
}

/// The genres that a value names as a list.
std::vector<std::string> parts_of(const std::string& value) {
  return split_genre_field(value, [](std::string_view) { return false; });
}

/// Keys of all genres that a field's values name, alone or in a list.
std::set<std::string> keys_of(const std::vector<std::string>& values,
                              const std::optional<std::string>& separator) {
  std::set<std::string> keys;
  for (const std::string& value : values) {
    keys.insert(label_key(value));
    for (const std::string& part : parts_of(value)) keys.insert(label_key(part));
    if (!separator) continue;
    for (std::size_t start = 0; start <= value.size();) {
      const std::size_t end = std::min(value.find(*separator, start), value.size());
      keys.insert(label_key(value.substr(start, end - start)));
      start = end + separator->size();
    }
  }
  return keys;
}

/// The genres of all tags; what a tag only repeats of those before it is there once. ID3v1 has one genre of a
/// fixed list, often the first of it for want of any, and counts where no other tag has genres.
std::vector<std::string> genres_of(const std::vector<GenreFields>& tags,
                                   const std::optional<std::string>& separator) {
  std::vector<std::string> genres;
  for (const GenreFields& fields : tags) {
    if (fields.tag == "ID3v1" && !genres.empty()) continue;
    const std::set<std::string> known = keys_of(genres, separator);
    const auto is_known = [&](const std::string& genre) { return known.contains(label_key(genre)); };
    for (const std::string& value : fields.genres) {
      const std::vector<std::string> parts = parts_of(value);
      const bool repeats = is_known(value) || (!parts.empty() && std::ranges::all_of(parts, is_known));
      if (!repeats) genres.push_back(value);
    }
  }
  return genres;
}

/// What a tag can hold of `genres`, as it reads back.
std::vector<std::string> held(const GenreFields& fields, const std::vector<std::string>& genres) {
  if (fields.tag == "INFO" && !genres.empty()) return {join(genres, "; ")};
  if (fields.tag != "ID3v1") return genres;
  for (const std::string& genre : genres) {
    if (std::string known = id3v1_genre(genre); !known.empty()) return {std::move(known)};
  }
  return {};
}

}  // namespace

void Proposal::validate() const {
  for (const std::string& genre : genres) check_genre(genre);
  for (const GenreScore& entry : scores) {
    check_genre(entry.genre);
    if (entry.genre.find(';') != std::string::npos) {
      throw ParameterError("the genre \"" + printable(entry.genre) +
                           "\" has a semicolon, which separates scores; rename it");
    }
  }
}

Whitelist::Whitelist(const std::vector<std::string>& genres) : genres_(genres) {
  for (const std::string& genre : genres_) keys_.push_back(label_key(genre));
}

Whitelist Whitelist::load(const std::filesystem::path& path) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string text = load_text(path);
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  std::vector<std::string> genres;
  for (std::string& line : split_list(text, '\n')) {
    if (!line.starts_with('#')) genres.push_back(std::move(line));
  }
  if (genres.empty()) {
    throw ParameterError("the whitelist " + printable(path.string()) + " has no genre; write one a line",
                         path);
  }
  return Whitelist(genres);
}

const std::string* Whitelist::find(const std::string& genre) const {
  const auto found = std::ranges::find(keys_, label_key(genre));
  return found == keys_.end() ? nullptr : &genres_[static_cast<std::size_t>(found - keys_.begin())];
}

void PlanOptions::validate() const {
  if (join && (join->empty() || has_control_character(*join))) {
    throw ParameterError("the text between joined genres is \"" + printable(*join) +
                         "\"; give one or more printable characters, such as \"; \"");
  }
}

TagPlan plan_tags(std::vector<GenreFields> present, const Proposal& proposal, const PlanOptions& options) {
  options.validate();
  proposal.validate();
  TagPlan plan;
  plan.present = genres_of(present, options.join);
  const std::set<std::string> known = keys_of(plan.present, options.join);
  std::vector<std::string> proposed;
  std::set<std::string> seen;
  for (const std::string& genre : proposal.genres) {
    const std::string* const spelling = options.whitelist ? options.whitelist->find(genre) : &genre;
    if (spelling == nullptr || !seen.insert(label_key(genre)).second) continue;
    proposed.push_back(*spelling);
    if (!known.contains(label_key(genre))) plan.added.push_back(*spelling);
  }
  const bool overwrites = options.overwrite && !proposed.empty();
  const bool joins = options.join && !proposed.empty();
  if (overwrites) {
    plan.genres = proposed;
  } else {
    plan.genres = plan.present;
    plan.genres.insert(plan.genres.end(), plan.added.begin(), plan.added.end());
  }
  if (joins) plan.genres = {join(plan.genres, *options.join)};

  const std::string scores = scores_text(proposal.scores);
  plan.before = std::move(present);
  plan.after = plan.before;
  for (std::size_t i = 0; i < plan.after.size(); ++i) {
    GenreFields& fields = plan.after[i];
    const bool made = i == 0 && !fields.exists && (!proposed.empty() || !scores.empty());
    // ID3v1 holds one genre of the list, and the one that it has is as good as the first.
    const bool has_enough = fields.tag == "ID3v1" || (plan.added.empty() && !joins);
    const bool stays = proposed.empty() || (!overwrites && !fields.genres.empty() && has_enough);
    if (made || !stays) fields.genres = held(fields, plan.genres);
    if (i == 0 && !scores.empty()) fields.scores = scores;
    fields.exists = fields.exists || made;
  }
  return plan;
}

TagPlan plan_tags(const std::filesystem::path& file, const Proposal& proposal, const PlanOptions& options) {
  TagPlan plan = plan_tags(load_genre_fields(file), proposal, options);
  plan.file = file;
  for (std::size_t i = 0; i < plan.after.size(); ++i) {
    if (plan.after[i].tag == "ID3v2" && plan.after[i].genres != plan.before[i].genres) {
      require_id3v2_keeps(plan.after[i], file);
    }
  }
  return plan;
}

}  // namespace gamut::tags
