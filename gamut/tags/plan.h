#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gamut/tags/genre_fields.h"

namespace gamut::tags {

struct GenreScore {
  std::string genre;
  double score = 0;  ///< 0 … 1
};

/// What somebody says of a song.
struct Proposal {
  std::vector<std::string> genres;  ///< to be written, best first
  std::vector<GenreScore> scores;   ///< to be written beside them; may be of other genres too

  /// @throws ParameterError  a genre that is empty, not UTF-8, or has control characters; a score's genre
  /// with a semicolon.
  void validate() const;
};

/// Genres that may be written. Compared by label_key().
class Whitelist {
 public:
  /// @param genres  as they are to be written, whatever the proposal's case.
  explicit Whitelist(const std::vector<std::string>& genres);

  /// One genre a line; blank lines and those that begin with # are passed over.
  /// @throws FileError       missing or unreadable.
  /// @throws ParameterError  no genre in it.
  static Whitelist load(const std::filesystem::path& path);

  /// The spelling of a genre that may be written; nullptr for all others.
  const std::string* find(const std::string& genre) const;

 private:
  std::vector<std::string> genres_;
  std::vector<std::string> keys_;
};

struct PlanOptions {
  bool overwrite = false;  ///< genres that the file has go, where there are others to write
  /// One text with this between genres, for players that show only one value.
  std::optional<std::string> join = {};
  std::optional<Whitelist> whitelist = {};

  /// @throws ParameterError  `join` is empty or has control characters.
  void validate() const;
};

/// What writing a proposal to one file would do.
struct TagPlan {
  std::filesystem::path file;
  std::vector<std::string> present;  ///< genres that the file's tags have, as they have them
  std::vector<std::string> genres;   ///< that it would have
  std::vector<std::string> added;    ///< of the proposal, those that it did not have
  std::vector<GenreFields> before, after;

  bool changes() const { return before != after; }
};

/// Genres are compared by label_key(). Those that the file has stay first and as they are spelt; a genre
/// within a list, "Rock; Jazz" or "Rock/Jazz", counts as present. Where tags disagree, present is what any of
/// them has. Tags beside the container's own, such as ID3v1, get the same genres as far as they hold them,
/// but no scores. Where no genre is added each tag keeps its own, and where none is proposed even with
/// `overwrite`.
///
/// Scores are written as `Rock=0.931;Jazz=0.712`, three decimals, in the proposal's order.
///
/// @throws FileError       unreadable, a container whose tags cannot be written, or a genre that means
/// another one in its tags: ID3v2's "17" is Rock.
/// @throws ParameterError  a proposal or options that cannot be, as their validate().
TagPlan plan_tags(const std::filesystem::path& file, const Proposal& proposal,
                  const PlanOptions& options = {});

/// The same of fields that were read before.
TagPlan plan_tags(std::vector<GenreFields> present, const Proposal& proposal, const PlanOptions& options);

}  // namespace gamut::tags
