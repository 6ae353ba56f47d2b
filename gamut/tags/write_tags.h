#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gamut/tags/journal.h"
#include "gamut/tags/plan.h"

namespace gamut::tags {

/// What became of a file.
enum class WriteOutcome {
  written,    ///< it has the new tags
  unchanged,  ///< it had them already
  skipped,    ///< it is not as it was left; see the reason
  failed,     ///< see the reason; the file is as it was
};
std::string_view to_string(WriteOutcome outcome);

struct FileResult {
  std::filesystem::path file;
  WriteOutcome outcome = WriteOutcome::failed;
  std::string reason = {};              ///< of skipped and failed
  std::vector<std::string> notes = {};  ///< what could not be kept
};

struct WriteOptions {
  bool keep_mtime = false;  ///< the file keeps its modification time
  /// What tells whether two files have the same audio, for example audio::hash_packets. A file whose audio
  /// would change is left as it is.
  std::function<std::string(const std::filesystem::path&)> audio_hash;
};

/// Does what a plan says, one file at a time: the old file or the new one is there at every moment, and the
/// journal knows of it before.
///
/// @return failed, with the reason, for whatever concerns this file alone.
/// @throws FileError    the journal cannot be written.
/// @throws Interrupted  before the file is begun.
FileResult write_tags(const TagPlan& plan, Journal& journal, const WriteOptions& options);

/// Gives files their old genre and score fields back where they still are what was written, whatever number
/// of times; others are skipped. Doing it again, or after it was killed, does what is left.
///
/// @param journals  in any order; of a file that several know the oldest fields come back.
/// A file gets its fields back, not its bytes: an ID3v2.3 tag stays 2.4, and padding may differ.
///
/// @param report  is handed each file's result, one a file, as it comes.
/// @throws FileError    a journal is damaged or cannot be written.
/// @throws Interrupted  between two files.
void undo_tags(const std::vector<std::filesystem::path>& journals, const WriteOptions& options,
               const std::function<void(const FileResult&)>& report);

}  // namespace gamut::tags
