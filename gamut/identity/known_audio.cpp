#include "gamut/identity/known_audio.h"

#include "gamut/identity/identify.h"

namespace gamut::identity {

KnownAudio::KnownAudio(const catalogue::Catalogue& catalogue) : method_(identity_method()) {
  for (catalogue::AudioIdentity& known : catalogue.audio_identities(catalogue::Fingerprints::without)) {
    const std::int64_t song_id = known.song_id;
    of_song_.emplace(song_id, std::move(known));
  }
}

bool KnownAudio::has(std::int64_t song_id, const FileState& state) const {
  const auto known = of_song_.find(song_id);
  return known != of_song_.end() && known->second.outcome != Outcome::failed &&
         is_current(known->second, state, method_);
}

// The state is asked for before the file is read: one that changes meanwhile is then known as it was.
SongExaminer::SongExaminer(const catalogue::Song& song, const KnownAudio& known)
    : song_id_(song.id), state_(file_state(song.path).value_or(FileState())) {
  if (!known.has(song_id_, state_)) examiner_.emplace();
}

std::optional<catalogue::AudioIdentity> SongExaminer::finish(const audio::Recording& recording) {
  if (!examiner_) return std::nullopt;
  return of_song(examiner_->finish(recording));
}

std::optional<catalogue::AudioIdentity> SongExaminer::finish(const audio::UndecodableError& error) {
  if (!examiner_) return std::nullopt;
  return of_song(undecodable(error));
}

catalogue::AudioIdentity SongExaminer::of_song(catalogue::AudioIdentity identity) const {
  identity.song_id = song_id_;
  identity.file_bytes = state_.bytes;
  identity.modified_ns = state_.modified_ns;
  return identity;
}

}  // namespace gamut::identity
