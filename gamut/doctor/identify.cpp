#include "gamut/doctor/identify.h"

#include <chromaprint.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <unordered_map>

#include "gamut/audio/decode.h"
#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"

namespace gamut::doctor {
namespace {

using catalogue::AudioIdentity;

using Chromaprint = std::unique_ptr<ChromaprintContext, decltype(&chromaprint_free)>;

Chromaprint make_chromaprint() {
  Chromaprint context(chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT), chromaprint_free);
  if (!context) throw std::bad_alloc();
  return context;
}

std::string hash_samples(std::span<const float> samples, double sample_rate_hz) {
  Sha256 hash;
  hash.update(std::as_bytes(std::span(&sample_rate_hz, 1)));
  hash.update(std::as_bytes(samples));
  return hash.finish();
}

std::vector<std::uint32_t> compute_fingerprint(std::span<const float> samples, double sample_rate_hz) {
  const auto wanted = static_cast<std::size_t>(kFingerprintSeconds * sample_rate_hz);
  samples = samples.first(std::min(samples.size(), wanted));
  std::vector<std::int16_t> pcm(samples.size());
  std::transform(samples.begin(), samples.end(), pcm.begin(), [](float sample) {
    return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0f, 1.0f) * 32767));
  });
  const Chromaprint context = make_chromaprint();
  std::uint32_t* items = nullptr;
  int count = 0;
  if (chromaprint_start(context.get(), static_cast<int>(sample_rate_hz), 1) == 0 ||
      chromaprint_feed(context.get(), pcm.data(), static_cast<int>(pcm.size())) == 0 ||
      chromaprint_finish(context.get()) == 0 ||
      chromaprint_get_raw_fingerprint(context.get(), &items, &count) == 0) {
    throw DecodeError(fmt::format("Chromaprint takes no fingerprint of audio at {} Hz", sample_rate_hz));
  }
  const std::unique_ptr<std::uint32_t, decltype(&chromaprint_dealloc)> owner(items, chromaprint_dealloc);
  return {items, items + count};
}

/// Size and time of change of a file; none where it is not there.
struct FileState {
  std::int64_t bytes = 0, modified_ns = 0;
};

std::optional<FileState> file_state(const std::filesystem::path& path) {
  std::error_code failure;
  const std::uintmax_t bytes = std::filesystem::file_size(path, failure);
  if (failure) return std::filesystem::exists(path, failure) ? std::optional(FileState{}) : std::nullopt;
  const auto modified = std::filesystem::last_write_time(path, failure);
  return FileState{static_cast<std::int64_t>(bytes),
                   std::chrono::duration_cast<std::chrono::nanoseconds>(modified.time_since_epoch()).count()};
}

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
                                      std::span<const catalogue::Song> songs, IdentifyReport& report) {
  std::unordered_map<std::int64_t, AudioIdentity> known;
  for (AudioIdentity& identity : catalogue.audio_identities()) {
    const std::int64_t id = identity.song_id;
    known.emplace(id, std::move(identity));
  }
  const std::string method = identity_method();
  std::vector<std::size_t> pending;
  for (std::size_t i = 0; i < songs.size(); ++i) {
    AudioIdentity& identity = report.identities[i];
    const std::optional<FileState> state = file_state(songs[i].path);
    const auto found = known.find(songs[i].id);
    if (state && found != known.end() && found->second.file_bytes == state->bytes &&
        found->second.modified_ns == state->modified_ns && found->second.method == method) {
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
  AudioIdentity identity = identify_audio(song.path);
  identity.song_id = song.id;
  identity.file_bytes = state.file_bytes;
  identity.modified_ns = state.modified_ns;
  return identity;
}

}  // namespace

double fingerprint_item_s() {
  const Chromaprint context = make_chromaprint();
  return chromaprint_get_item_duration(context.get()) / double(chromaprint_get_sample_rate(context.get()));
}

std::string identity_method() {
  return fmt::format("SHA-256 of rate and mono float32 samples; Chromaprint {} algorithm {}, first {} s",
                     chromaprint_get_version(), static_cast<int>(CHROMAPRINT_ALGORITHM_DEFAULT),
                     kFingerprintSeconds);
}

AudioIdentity identify_audio(const std::filesystem::path& path, double max_duration_s) {
  AudioIdentity identity;
  identity.method = identity_method();
  try {
    const audio::Recording recording =
        audio::decode(path, {.sample_rate_hz = 0, .max_duration_s = max_duration_s});
    identity.content = hash_samples(recording.signal(), recording.sample_rate_hz);
    identity.fingerprint = compute_fingerprint(recording.signal(), recording.sample_rate_hz);
    identity.outcome = recording.outcome;
    identity.reason = recording.reason;
    identity.duration_s = recording.duration_s;
  } catch (const Error& error) {
    identity.outcome = Outcome::failed;
    identity.reason = error.what();
    identity.content.clear();
  }
  return identity;
}

IdentifyReport identify_songs(catalogue::Catalogue& catalogue, std::span<const catalogue::Song> songs,
                              int jobs) {
  IdentifyReport report;
  report.identities.resize(songs.size());
  const std::vector<std::size_t> pending = find_pending(catalogue, songs, report);
  if (!pending.empty()) {
    Recorder recorder(catalogue);
    Progress progress("fingerprints", pending.size());
    try {
      parallel_for(pending.size(), jobs, [&](std::size_t k) {
        check_interrupted();
        AudioIdentity& identity = report.identities[pending[k]];
        identity = identify(songs[pending[k]], identity);
        if (identity.outcome != Outcome::failed) recorder.add(identity);
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
    const AudioIdentity& identity = report.identities[i];
    if (identity.outcome == Outcome::failed && !identity.method.empty()) report.failed.push_back(i);
  }
  return report;
}

}  // namespace gamut::doctor
