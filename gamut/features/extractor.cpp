#include "gamut/features/extractor.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "gamut/audio/decode.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/json.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/features/file_changes.h"
#include "gamut/features/picture_store.h"
#include "gamut/identity/known_audio.h"

namespace gamut::features {
namespace {

using catalogue::PictureRecord;
using catalogue::Song;

/// What the pictures of one song may take in memory: of linear and mel, 14 hours in segments of 3 s.
constexpr std::size_t kMostPictureBytes = std::size_t{2} << 30;
/// Songs a job that may be begun before the first that is not done: as many results wait in memory.
constexpr std::size_t kSongsAhead = 16;

/// How a song stands in a picture set.
struct SongState {
  Outcome outcome = Outcome::ok;
  std::string reason;
  catalogue::FileStamp file;  ///< that its pictures were drawn from
};

/// One picture set while it is being filled.
struct SetState {
  std::int64_t id = 0;
  PictureStoreWriter writer;
  std::unordered_map<std::int64_t, SongState> songs;    ///< by id; those that need no work
  std::vector<PictureRecord> unrecorded = {};           ///< written, not yet in the catalogue
  std::unordered_map<std::int64_t, Cause> causes = {};  ///< why songs that it once had need work
  /// Of the songs that changed, as they still stand in the catalogue.
  std::unordered_map<std::int64_t, std::vector<PictureRecord>> replaced = {};
};

std::size_t recorded_rows(const std::vector<PictureRecord>& records) {
  std::size_t rows = 0;
  for (const PictureRecord& record : records) {
    if (record.row) rows = std::max(rows, static_cast<std::size_t>(*record.row) + 1);
  }
  return rows;
}

/// The songs all of whose pictures are in the store as they were written.
std::unordered_map<std::int64_t, SongState> sound_songs(const std::vector<PictureRecord>& records,
                                                        const std::filesystem::path& directory) {
  std::unordered_map<std::int64_t, SongState> sound;
  const PictureStore store(directory);
  const auto is_broken = [&](const PictureRecord& record) {
    return record.row && (static_cast<std::size_t>(*record.row) >= store.rows() ||
                          store.checksum(static_cast<std::size_t>(*record.row)) != record.checksum);
  };
  for (const PictureRecord& record : records) {
    sound.try_emplace(record.song_id, SongState{record.outcome, record.reason, record.file});
  }
  for (const PictureRecord& record : records) {
    if (is_broken(record)) sound.erase(record.song_id);
  }
  return sound;
}

std::vector<std::int64_t> songs_of(const std::unordered_map<std::int64_t, Cause>& causes) {
  std::vector<std::int64_t> ids;
  for (const auto& [song_id, cause] : causes) ids.push_back(song_id);
  return ids;
}

SetState open_set(catalogue::Catalogue& catalogue, const std::filesystem::path& workspace,
                  const spectra::FrontEndOptions& options) {
  const std::string name = spectra::picture_set_name(options);
  const std::filesystem::path directory = picture_directory(workspace, name);
  const std::int64_t id = catalogue.picture_set(name, set_specification(options));
  std::vector<PictureRecord> records = catalogue.picture_records(id);
  std::unordered_map<std::int64_t, Cause> causes;
  const bool outdated = is_outdated(directory);
  for (const PictureRecord& record : records) {
    causes.emplace(record.song_id, outdated ? Cause::outdated : Cause::damaged);
  }
  if (outdated) {
    catalogue.erase_picture_records(id, songs_of(causes));
    discard_pictures(directory);
    records.clear();
  }
  PictureStoreWriter writer(directory, options, recorded_rows(records));
  auto songs = sound_songs(records, directory);
  for (const auto& [song_id, state] : songs) causes.erase(song_id);
  // The rows of damaged songs may become those of others.
  catalogue.erase_picture_records(id, songs_of(causes));
  return {id, std::move(writer), std::move(songs), {}, std::move(causes), {}};
}

bool differs(const catalogue::FileStamp& before, const catalogue::FileStamp& now) {
  return before.bytes != now.bytes || before.modified_ns != now.modified_ns;
}

/// Takes songs out of the sets whose files are others than their pictures were drawn from. Where only the
/// time of change is another, or no state is known, the present one is noted; a file that is gone changes
/// nothing, nor does that of a song which is decoded anyway because it failed.
void find_changed_files(catalogue::Catalogue& catalogue, const std::vector<Song>& songs,
                        std::vector<SetState>& sets, const ExtractOptions& options) {
  const auto find_state = [&](SetState& set, const Song& song) -> const SongState* {
    const auto state = set.songs.find(song.id);
    if (state == set.songs.end()) return nullptr;
    return options.retry_failed && state->second.outcome == Outcome::failed ? nullptr : &state->second;
  };
  std::vector<Suspect> suspects;
  std::vector<std::unordered_map<std::int64_t, catalogue::FileStamp>> stamps(sets.size());
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const catalogue::FileStamp now = stamp_file(songs[i].path);
    if (now.bytes < 0) continue;
    bool suspected = false;
    for (std::size_t s = 0; s < sets.size(); ++s) {
      const SongState* const state = find_state(sets[s], songs[i]);
      if (state == nullptr) continue;
      if (!state->file.is_known()) {
        stamps[s].emplace(songs[i].id, now);
      } else {
        suspected = suspected || differs(state->file, now);
      }
    }
    if (suspected) suspects.push_back({i, now});
  }
  hash_suspects(suspects, songs, options.jobs);
  for (const Suspect& suspect : suspects) {
    if (suspect.file.hash.empty()) continue;
    const std::int64_t id = songs[suspect.song].id;
    for (std::size_t s = 0; s < sets.size(); ++s) {
      const SongState* const state = find_state(sets[s], songs[suspect.song]);
      if (state == nullptr || !differs(state->file, suspect.file)) continue;
      if (state->file.hash == suspect.file.hash) {
        stamps[s].emplace(id, suspect.file);
      } else {
        sets[s].songs.erase(id);
        sets[s].causes.insert_or_assign(id, Cause::changed);
      }
    }
  }
  for (std::size_t s = 0; s < sets.size(); ++s) {
    if (!stamps[s].empty()) catalogue.stamp_picture_records(sets[s].id, stamps[s]);
    const bool any_changed = std::any_of(sets[s].causes.begin(), sets[s].causes.end(),
                                         [](const auto& cause) { return cause.second == Cause::changed; });
    if (!any_changed) continue;
    for (PictureRecord& record : catalogue.picture_records(sets[s].id)) {
      const auto cause = sets[s].causes.find(record.song_id);
      if (cause != sets[s].causes.end() && cause->second == Cause::changed) {
        sets[s].replaced[record.song_id].push_back(std::move(record));
      }
    }
  }
}

/// What the decoding and drawing of one song gave.
struct SongResult {
  Outcome outcome = Outcome::ok;
  double duration_s = 0;
  std::string reason;
  catalogue::FileStamp file;                                   ///< before it was decoded
  std::vector<std::size_t> sets;                               ///< indices of the sets that miss this song
  std::vector<std::vector<spectra::SegmentPicture>> pictures;  ///< for each of `sets`; none where it failed
  std::optional<catalogue::AudioIdentity> identity;            ///< where the catalogue does not have it yet
};

audio::DecodeOptions decode_options(const ExtractOptions& options) {
  const spectra::FrontEndOptions& first = options.front_ends.front();
  return {.sample_rate_hz = first.sample_rate_hz,
          .channels = first.channels,
          .max_duration_s = options.max_duration_s,
          .with_levels = true};
}

/// Refuses more pictures than a song may have before they are drawn.
void check_size(const Song& song, std::span<const spectra::FrontEnd> front_ends, std::size_t n_samples) {
  const std::size_t bytes = count_picture_bytes(front_ends, n_samples);
  if (bytes > kMostPictureBytes) {
    throw audio::TooLongError(
        fmt::format("the pictures of '{}' take {} bytes, but at most {} a song are made; cut it, or ask for "
                    "longer segments or smaller pictures",
                    printable(song.path.string()), bytes, kMostPictureBytes),
        song.path);
  }
}

SongResult compute_song(const Song& song, std::vector<std::size_t> sets,
                        std::span<const spectra::FrontEnd> front_ends, const identity::KnownAudio& known,
                        const ExtractOptions& options) {
  SongResult result;
  result.sets = std::move(sets);
  result.file = stamp_file(song.path);
  result.file.hash = hash_file(song.path);
  identity::SongExaminer examiner(song, known);
  const auto fail = [&result](const Error& error) {
    result.outcome = Outcome::failed;
    result.reason = error.what();
    result.pictures.clear();
  };
  try {
    audio::DecodeOptions decoding = decode_options(options);
    decoding.listener = examiner.listener();
    const audio::Recording recording = audio::decode(song.path, decoding);
    result.identity = examiner.finish(recording);
    check_size(song, front_ends, recording.signal().size());
    result.pictures = compute_pictures(front_ends, recording.signals);
    result.outcome = recording.outcome;
    result.reason = recording.reason;
    result.duration_s = recording.duration_s;
  } catch (const audio::UndecodableError& error) {
    result.identity = examiner.finish(error);
    fail(error);
  } catch (const Error& error) {
    fail(error);
  }
  return result;
}

/// Whether a song's pictures are those that are in the store.
bool are_alike(const std::vector<PictureRecord>& before, const std::vector<spectra::SegmentPicture>& now) {
  return std::equal(before.begin(), before.end(), now.begin(), now.end(),
                    [](const PictureRecord& record, const spectra::SegmentPicture& segment) {
                      return record.row && record.start_s == segment.start_s &&
                             record.checksum == picture_checksum(segment.picture.indices);
                    });
}

/// Takes results in any order, writes them in song order, and records them in batches.
class OrderedRecorder {
 public:
  /// @param most_ahead  songs between the first that is missing and the last that may be begun.
  OrderedRecorder(catalogue::Catalogue& catalogue, std::vector<SetState>& sets,
                  const std::vector<const Song*>& pending, std::size_t most_ahead)
      : catalogue_(catalogue), sets_(sets), pending_(pending), most_ahead_(most_ahead) {}

  /// Waits until the song is not too far ahead. False once a job has stopped.
  bool may_begin(std::size_t index) {
    std::unique_lock lock(mutex_);
    moved_.wait(lock, [&] { return stopped_ || index - next_ <= most_ahead_; });
    return !stopped_;
  }

  /// To be called by a job that fails: the song that others wait for may never come.
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    moved_.notify_all();
  }

  void add(std::size_t index, SongResult result) {
    const std::lock_guard lock(mutex_);
    if (broken_) return;
    broken_ = true;  // stays where any of this throws: what was half written is neither repeated nor recorded
    waiting_.emplace(index, std::move(result));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      write(*pending_[next_], waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      ++next_;
      moved_.notify_all();
    }
    if (std::chrono::steady_clock::now() - recorded_ > std::chrono::seconds(1)) record();
    broken_ = false;
  }

  void finish() {
    const std::lock_guard lock(mutex_);
    if (!broken_) record();
  }

 private:
  void write(const Song& song, SongResult& result) {
    if (result.identity) identities_.push_back(std::move(*result.identity));
    for (std::size_t i = 0; i < result.sets.size(); ++i) {
      SetState& set = sets_[result.sets[i]];
      PictureRecord record{.song_id = song.id,
                           .row = std::nullopt,
                           .start_s = 0,
                           .checksum = {},
                           .outcome = result.outcome,
                           .duration_s = result.duration_s,
                           .reason = result.reason,
                           .file = result.file};
      if (result.pictures.empty()) {
        set.unrecorded.push_back(std::move(record));
        continue;
      }
      const std::vector<spectra::SegmentPicture>& segments = result.pictures[i];
      // Other tags make another file, but no other pictures: their rows stay.
      const auto replaced = set.replaced.find(song.id);
      const bool alike = replaced != set.replaced.end() && are_alike(replaced->second, segments);
      for (std::size_t k = 0; k < segments.size(); ++k) {
        record.start_s = segments[k].start_s;
        record.checksum = picture_checksum(segments[k].picture.indices);
        record.row = alike ? replaced->second[k].row
                           : static_cast<std::int64_t>(set.writer.append(segments[k].picture));
        set.unrecorded.push_back(record);
      }
    }
  }

  // First the rows reach the disk, then the catalogue says that they are there.
  void record() {
    for (SetState& set : sets_) {
      if (set.unrecorded.empty()) continue;
      set.writer.sync();
      catalogue_.put_picture_records(set.id, set.unrecorded);
      for (PictureRecord& record : set.unrecorded)
        set.songs.insert_or_assign(record.song_id, SongState{record.outcome, std::move(record.reason), {}});
      set.unrecorded.clear();
    }
    catalogue_.put_audio_identities(identities_);
    identities_.clear();
    recorded_ = std::chrono::steady_clock::now();
  }

  catalogue::Catalogue& catalogue_;
  std::vector<SetState>& sets_;
  const std::vector<const Song*>& pending_;
  std::vector<catalogue::AudioIdentity> identities_;  // not yet in the catalogue
  const std::size_t most_ahead_;
  std::mutex mutex_;
  std::condition_variable moved_;  // next_ grew, or stopped_
  bool stopped_ = false;
  bool broken_ = false;
  std::map<std::size_t, SongResult> waiting_;
  std::size_t next_ = 0;
  std::chrono::steady_clock::time_point recorded_ = std::chrono::steady_clock::now();
};

/// The sets that a song is to be drawn for.
std::vector<std::size_t> missing_sets(const Song& song, const std::vector<SetState>& sets, bool only_failed) {
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const auto found = sets[i].songs.find(song.id);
    const bool known = found != sets[i].songs.end();
    if (only_failed ? known && found->second.outcome == Outcome::failed : !known) missing.push_back(i);
  }
  return missing;
}

Cause find_cause(const Song& song, const std::vector<SetState>& sets, bool only_failed) {
  if (only_failed) return Cause::retried;
  Cause first = Cause::added;
  for (const SetState& set : sets) {
    const auto cause = set.causes.find(song.id);
    if (cause != set.causes.end()) {
      first = first == Cause::added ? cause->second : std::min(first, cause->second);
    } else if (first == Cause::added && set.songs.contains(song.id)) {
      first = Cause::new_scale;
    }
  }
  return first;
}

/// The front ends of each combination of sets that some song misses, so that only what is missing is
/// computed.
std::map<std::vector<std::size_t>, std::vector<spectra::FrontEnd>> make_front_ends(
    const std::vector<std::vector<std::size_t>>& combinations, const ExtractOptions& options) {
  std::map<std::vector<std::size_t>, std::vector<spectra::FrontEnd>> front_ends;
  for (const std::vector<std::size_t>& combination : combinations) {
    if (front_ends.contains(combination)) continue;
    std::vector<spectra::FrontEnd>& list = front_ends[combination];
    for (std::size_t set : combination) list.emplace_back(options.front_ends[set]);
  }
  return front_ends;
}

/// Counts a song that is not decoded now.
void count_settled(const Song& song, const std::vector<SetState>& sets, ExtractPlan& plan) {
  const auto in_all = [&](auto&& holds) {
    return std::all_of(sets.begin(), sets.end(), [&](const SetState& set) {
      const auto found = set.songs.find(song.id);
      return found != set.songs.end() && holds(found->second);
    });
  };
  if (!in_all([](const SongState&) { return true; })) {
    ++plan.left;
  } else if (in_all([](const SongState& state) { return state.outcome != Outcome::failed; })) {
    ++plan.up_to_date;
  } else {
    ++plan.failed_before;
  }
}

/// How a song stands in the set where it stands worst.
SongState worst_state(const Song& song, const std::vector<SetState>& sets) {
  SongState worst;
  for (const SetState& set : sets) {
    const auto state = set.songs.find(song.id);
    if (state != set.songs.end() && state->second.outcome > worst.outcome) worst = state->second;
  }
  return worst;
}

void check_options(const ExtractOptions& options) {
  if (options.front_ends.empty()) throw ParameterError("extraction needs at least one scale");
  for (const spectra::FrontEndOptions& front_end : options.front_ends) {
    front_end.validate();
    if (front_end.sample_rate_hz != options.front_ends.front().sample_rate_hz ||
        front_end.channels != options.front_ends.front().channels) {
      throw ParameterError("picture sets that are extracted together must share sample rate and channels");
    }
  }
  audio::validate(decode_options(options));
}

}  // namespace

std::int64_t ExtractReport::failed() const {
  return std::count_if(faults.begin(), faults.end(),
                       [](const Fault& fault) { return fault.outcome == Outcome::failed; });
}

ExtractReport extract(catalogue::Catalogue& catalogue, const std::filesystem::path& workspace,
                      const ExtractOptions& options) {
  check_options(options);
  const FileLock lock(workspace / "pictures" / ".lock", "extracting pictures in this workspace");
  std::vector<SetState> sets;
  for (const spectra::FrontEndOptions& front_end : options.front_ends) {
    sets.push_back(open_set(catalogue, workspace, front_end));
  }

  const std::vector<Song> songs = catalogue.songs();
  find_changed_files(catalogue, songs, sets, options);
  ExtractReport report;
  report.plan.only_failed = options.retry_failed;
  std::vector<const Song*> pending;
  std::vector<std::vector<std::size_t>> missing;
  for (const Song& song : songs) {
    std::vector<std::size_t> sets_of_song = missing_sets(song, sets, options.retry_failed);
    if (sets_of_song.empty()) {
      count_settled(song, sets, report.plan);
      continue;
    }
    report.plan.count(find_cause(song, sets, options.retry_failed));
    pending.push_back(&song);
    missing.push_back(std::move(sets_of_song));
  }
  const auto front_ends = make_front_ends(missing, options);
  say("pictures: " + describe(report.plan));

  {
    const identity::KnownAudio known(catalogue);
    OrderedRecorder recorder(catalogue, sets, pending,
                             kSongsAhead * static_cast<std::size_t>(std::max(1, options.jobs)));
    Progress progress("pictures", pending.size());
    try {
      parallel_for(pending.size(), options.jobs, [&](std::size_t i) {
        if (!recorder.may_begin(i)) return;
        try {
          check_interrupted();
          recorder.add(i, compute_song(*pending[i], missing[i], front_ends.at(missing[i]), known, options));
        } catch (...) {
          recorder.stop();
          throw;
        }
        progress.advance();
      });
    } catch (const Interrupted&) {
      recorder.finish();
      throw;
    }
    recorder.finish();
  }

  report.computed = static_cast<std::int64_t>(pending.size());
  report.complete = static_cast<std::int64_t>(songs.size() - pending.size()) - report.plan.left;
  for (const Song& song : songs) {
    const SongState state = worst_state(song, sets);
    if (state.outcome != Outcome::ok) report.faults.push_back({song.name, state.reason, state.outcome});
  }
  return report;
}

}  // namespace gamut::features
