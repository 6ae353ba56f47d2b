#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gamut/core/descriptor.h"
#include "gamut/core/json_fwd.h"
#include "gamut/tags/genre_fields.h"

namespace gamut::tags {

/// A file's genre fields, and the SHA-256 of the file that held them.
struct FileState {
  std::string sha256;
  std::vector<GenreFields> fields;
};

/// A replacement that was about to happen; whether it did, the file's hash tells.
struct JournalEntry {
  std::filesystem::path file;  ///< absolute, behind all links
  FileState before, after;
};

/// A file that was given its old fields back. Its bytes need not be the old ones.
struct JournalUndo {
  std::filesystem::path file;
  std::string sha256;  ///< of what it became
  std::string as;      ///< of the old file that this stands for
};

/// What tag writing did, as JSON Lines: a line of versions, then a line a replacement, on the disk before the
/// replacement happens.
class Journal {
 public:
  /// Makes the file, or goes on in it. A last line that was cut short, by a crash, is dropped.
  /// @throws FileError  not writable, not a journal, or another process writes to it.
  explicit Journal(std::filesystem::path path);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Return when the line is on the disk.
  /// @throws FileError  the disk is full.
  void append(const JournalEntry& entry);
  void append(const JournalUndo& undo);

 private:
  void append_line(const Json& line);

  std::filesystem::path path_;
  Descriptor file_;
};

struct JournalContent {
  std::string started;                ///< "2026-05-04T13:30:12Z"
  std::vector<JournalEntry> entries;  ///< oldest first
  std::vector<JournalUndo> undone;
};

/// @throws FileError  missing, not a journal, or a line that is damaged (named); a last line without its end
/// is passed over.
JournalContent load_journal(const std::filesystem::path& path);

}  // namespace gamut::tags
