#pragma once

#include <optional>
#include <unordered_map>

#include "gamut/catalogue/catalogue.h"
#include "gamut/identity/examiner.h"
#include "gamut/identity/file_state.h"

namespace gamut::identity {

/// Which songs the catalogue knows the audio of, as it stood when this was made. Any thread may ask.
class KnownAudio {
 public:
  explicit KnownAudio(const catalogue::Catalogue& catalogue);
  /// Whether the song was heard by today's method in a file of this state; one that failed was not.
  bool has(std::int64_t song_id, const FileState& state) const;

 private:
  std::string method_;
  std::unordered_map<std::int64_t, catalogue::AudioIdentity> of_song_;  // without fingerprints
};

/// Hears one song while somebody else decodes it, where the catalogue does not know it in its present state.
class SongExaminer {
 public:
  SongExaminer(const catalogue::Song& song, const KnownAudio& known);
  /// For audio::decode(); nullptr where there is nothing to learn.
  audio::SampleListener* listener() { return examiner_ ? &*examiner_ : nullptr; }
  /// What the catalogue is to be told; none where there was nothing to learn.
  std::optional<catalogue::AudioIdentity> finish(const audio::Recording& recording);
  /// Likewise of a file that could not be decoded.
  std::optional<catalogue::AudioIdentity> finish(const audio::UndecodableError& error);

 private:
  catalogue::AudioIdentity of_song(catalogue::AudioIdentity identity) const;

  std::int64_t song_id_;
  FileState state_;
  std::optional<Examiner> examiner_;
};

}  // namespace gamut::identity
