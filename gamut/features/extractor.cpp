#include "gamut/features/extractor.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "gamut/audio/decode.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/core/progress.h"
#include "gamut/features/picture_store.h"
#include "gamut/identity/known_audio.h"

namespace gamut::features {
namespace {

using catalogue::PictureRecord;
using catalogue::Song;

/// How a song stands in a picture set.
struct SongState {
  Outcome outcome = Outcome::ok;
  std::string reason;
};

/// One picture set while it is being filled.
struct SetState {
  std::int64_t id = 0;
  PictureStoreWriter writer;
  std::unordered_map<std::int64_t, SongState> songs;  ///< by id; those that need no work
  std::vector<PictureRecord> unrecorded;              ///< written, not yet in the catalogue
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
    sound.try_emplace(record.song_id, SongState{record.outcome, record.reason});
  }
  for (const PictureRecord& record : records) {
    if (is_broken(record)) sound.erase(record.song_id);
  }
  return sound;
}

SetState open_set(catalogue::Catalogue& catalogue, const std::filesystem::path& workspace,
                  const spectra::FrontEndOptions& options) {
  const std::string name = spectra::picture_set_name(options);
  const std::filesystem::path directory = picture_directory(workspace, name);
  const std::int64_t id = catalogue.picture_set(name, set_specification(options));
  const std::vector<PictureRecord> records = catalogue.picture_records(id);
  PictureStoreWriter writer(directory, options, recorded_rows(records));
  return {id, std::move(writer), sound_songs(records, directory), {}};
}

/// What the decoding and drawing of one song gave.
struct SongResult {
  Outcome outcome = Outcome::ok;
  double duration_s = 0;
  std::string reason;
  std::vector<std::size_t> sets;                               ///< indices of the sets that miss this song
  std::vector<std::vector<spectra::SegmentPicture>> pictures;  ///< for each of `sets`; none where it failed
  std::optional<catalogue::AudioIdentity> identity;            ///< where the catalogue does not have it yet
};

SongResult compute_song(const Song& song, std::vector<std::size_t> sets,
                        std::span<const spectra::FrontEnd> front_ends, const identity::KnownAudio& known,
                        const ExtractOptions& options) {
  SongResult result;
  result.sets = std::move(sets);
  try {
    const spectra::FrontEndOptions& first = front_ends.front().options();
    identity::SongExaminer examiner(song, known);
    const audio::Recording recording = audio::decode(song.path, {.sample_rate_hz = first.sample_rate_hz,
                                                                 .channels = first.channels,
                                                                 .max_duration_s = options.max_duration_s,
                                                                 .listener = examiner.listener()});
    result.identity = examiner.finish(recording);
    result.pictures = compute_pictures(front_ends, recording.signals);
    result.outcome = recording.outcome;
    result.reason = recording.reason;
    result.duration_s = recording.duration_s;
  } catch (const Error& error) {
    result.outcome = Outcome::failed;
    result.reason = error.what();
    result.pictures.clear();
  }
  return result;
}

/// Takes results in any order, writes them in song order, and records them in batches.
class OrderedRecorder {
 public:
  OrderedRecorder(catalogue::Catalogue& catalogue, std::vector<SetState>& sets,
                  const std::vector<const Song*>& pending)
      : catalogue_(catalogue), sets_(sets), pending_(pending) {}

  void add(std::size_t index, SongResult result) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(index, std::move(result));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      write(*pending_[next_], waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      ++next_;
    }
    if (std::chrono::steady_clock::now() - recorded_ > std::chrono::seconds(1)) record();
  }

  void finish() {
    const std::lock_guard lock(mutex_);
    record();
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
                           .reason = result.reason};
      if (result.pictures.empty()) {
        set.unrecorded.push_back(std::move(record));
        continue;
      }
      for (const spectra::SegmentPicture& segment : result.pictures[i]) {
        record.start_s = segment.start_s;
        record.row = static_cast<std::int64_t>(set.writer.append(segment.picture));
        record.checksum = picture_checksum(segment.picture.indices);
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
        set.songs.insert_or_assign(record.song_id, SongState{record.outcome, std::move(record.reason)});
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
  std::mutex mutex_;
  std::map<std::size_t, SongResult> waiting_;
  std::size_t next_ = 0;
  std::chrono::steady_clock::time_point recorded_ = std::chrono::steady_clock::now();
};

std::vector<std::size_t> missing_sets(const Song& song, const std::vector<SetState>& sets,
                                      bool retry_failed) {
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const auto found = sets[i].songs.find(song.id);
    if (found == sets[i].songs.end() || (retry_failed && found->second.outcome == Outcome::failed)) {
      missing.push_back(i);
    }
  }
  return missing;
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

void check_options(const ExtractOptions& options) {
  if (options.front_ends.empty()) throw ParameterError("extraction needs at least one scale");
  for (const spectra::FrontEndOptions& front_end : options.front_ends) {
    front_end.validate();
    if (front_end.sample_rate_hz != options.front_ends.front().sample_rate_hz ||
        front_end.channels != options.front_ends.front().channels) {
      throw ParameterError("picture sets that are extracted together must share sample rate and channels");
    }
  }
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
  std::vector<const Song*> pending;
  std::vector<std::vector<std::size_t>> missing;
  for (const Song& song : songs) {
    std::vector<std::size_t> sets_of_song = missing_sets(song, sets, options.retry_failed);
    if (sets_of_song.empty()) continue;
    pending.push_back(&song);
    missing.push_back(std::move(sets_of_song));
  }
  const auto front_ends = make_front_ends(missing, options);

  {
    const identity::KnownAudio known(catalogue);
    OrderedRecorder recorder(catalogue, sets, pending);
    Progress progress("pictures", pending.size());
    try {
      parallel_for(pending.size(), options.jobs, [&](std::size_t i) {
        check_interrupted();
        recorder.add(i, compute_song(*pending[i], missing[i], front_ends.at(missing[i]), known, options));
        progress.advance();
      });
    } catch (const Interrupted&) {
      recorder.finish();
      throw;
    }
    recorder.finish();
  }

  ExtractReport report;
  report.computed = static_cast<std::int64_t>(pending.size());
  report.complete = static_cast<std::int64_t>(songs.size() - pending.size());
  for (const Song& song : songs) {
    const SongState& state = sets.front().songs.at(song.id);
    if (state.outcome != Outcome::ok) report.faults.push_back({song.name, state.reason, state.outcome});
  }
  return report;
}

}  // namespace gamut::features
