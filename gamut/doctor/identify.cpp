#include "gamut/doctor/identify.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "gamut/core/error.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/identity/examiner.h"
#include "gamut/identity/file_state.h"
#include "gamut/identity/identify.h"

namespace gamut::doctor {
namespace {

using catalogue::AudioIdentity;

/// Writes identities to the catalogue, in batches; thread-safe.
class Recorder {
 public:
  explicit Recorder(catalogue::Catalogue& catalogue) : catalogue_(catalogue) {}

  void add(const AudioIdentity& identity) {
    const std::lock_guard lock(mutex_);
    unrecorded_.push_back(identity);
    if (std::chrono::steady_clock::now() - recorded_ > std::chrono::seconds(1)) record();
  }

  void finish() {
    const std::lock_guard lock(mutex_);
    record();
  }

 private:
  void record() {
    catalogue_.put_audio_identities(unrecorded_);
    unrecorded_.clear();
    recorded_ = std::chrono::steady_clock::now();
  }

  catalogue::Catalogue& catalogue_;
  std::mutex mutex_;
  std::vector<AudioIdentity> unrecorded_;
  std::chrono::steady_clock::time_point recorded_ = std::chrono::steady_clock::now();
};

/// The songs whose file is there and not known in its present state.
std::vector<std::size_t> find_pending(const catalogue::Catalogue& catalogue,
                                      std::span<const catalogue::Song> songs, bool retry_failed,
                                      IdentifyReport& report) {
  std::unordered_map<std::int64_t, AudioIdentity> known;
  for (AudioIdentity& identity : catalogue.audio_identities()) {
    const std::int64_t id = identity.song_id;
    known.emplace(id, std::move(identity));
  }
  const std::string method = identity::identity_method();
  std::vector<std::size_t> pending;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    AudioIdentity& identity = report.identities[i];
    const std::optional<identity::FileState> state = identity::file_state(songs[i].path);
    const auto found = known.find(songs[i].id);
    const bool is_known =
        state && found != known.end() && identity::is_current(found->second, *state, method);
    if (is_known && !(retry_failed && found->second.outcome == Outcome::failed)) {
      identity = std::move(found->second);
      continue;
    }
    identity.song_id = songs[i].id;
    identity.outcome = Outcome::failed;
    if (!state) {
      identity.reason = "the file is not there";
      report.missing.push_back(i);
      continue;
    }
    identity.file_bytes = state->bytes;
    identity.modified_ns = state->modified_ns;
    pending.push_back(i);
  }
  return pending;
}

AudioIdentity identify(const catalogue::Song& song, const AudioIdentity& state) {
  AudioIdentity identity = identity::identify_audio(song.path);
  identity.song_id = song.id;
  identity.file_bytes = state.file_bytes;
  identity.modified_ns = state.modified_ns;
  return identity;
}

}  // namespace

IdentifyReport identify_songs(catalogue::Catalogue& catalogue, std::span<const catalogue::Song> songs,
                              int jobs, bool retry_failed) {
  IdentifyReport report;
  report.identities.resize(songs.size());
  const std::vector<std::size_t> pending = find_pending(catalogue, songs, retry_failed, report);
  if (!pending.empty()) {
    Recorder recorder(catalogue);
    Progress progress("fingerprints", pending.size());
    try {
      parallel_for(pending.size(), jobs, [&](std::size_t k) {
        check_interrupted();
        AudioIdentity& identity = report.identities[pending[k]];
        identity = identify(songs[pending[k]], identity);
        if (!identity.method.empty()) recorder.add(identity);
        progress.advance();
      });
    } catch (const Interrupted&) {
      recorder.finish();
      throw;
    }
    recorder.finish();
  }
  report.computed = static_cast<std::int64_t>(pending.size());
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const bool is_missing = std::ranges::binary_search(report.missing, i);
    if (!is_missing && report.identities[i].outcome == Outcome::failed) report.failed.push_back(i);
  }
  return report;
}

}  // namespace gamut::doctor
