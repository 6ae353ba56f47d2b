#include "gamut/tags/write_tags.h"

#include <map>
#include <utility>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/text.h"
#include "gamut/tags/replacement.h"

namespace gamut::tags {
namespace {

namespace fs = std::filesystem;

/// A journal that cannot be written stops everything, not one file.
struct JournalFault {
  std::exception_ptr error;
};

/// Replaces a file by one with other fields.
/// @param is_as_known  whether the file still is what the fields were made for.
/// @param record       is handed the hashes of the old and new bytes before anything happens.
FileResult replace_fields(const fs::path& file, const std::vector<GenreFields>& fields,
                          const WriteOptions& options,
                          const std::function<bool(const Replacement&)>& is_as_known,
                          const std::function<void(const Replacement&, const std::string&)>& record) {
  FileResult result{.file = file, .outcome = WriteOutcome::failed, .reason = {}, .notes = {}};
  try {
    Replacement replacement(file);
    if (!is_as_known(replacement)) {
      throw FileError(printable(file.string()) + " changed meanwhile; it was left alone", file);
    }
    const std::vector<std::string> lost = save_genre_fields(replacement.copy(), fields);
    if (options.audio_hash(replacement.copy()) != options.audio_hash(replacement.target())) {
      throw FileError("writing tags to " + printable(file.string()) +
                          " would change its audio; the file is damaged, or not what it seems",
                      file);
    }
    replacement.commit(options.keep_mtime, [&](const std::string& new_sha256) {
      try {
        record(replacement, new_sha256);
      } catch (...) {
        throw JournalFault{std::current_exception()};
      }
    });
    result.outcome = WriteOutcome::written;
    result.notes = replacement.notes();
    if (!lost.empty()) result.notes.push_back("could not be carried over: " + join(lost, ", "));
  } catch (const JournalFault& fault) {
    std::rethrow_exception(fault.error);
  } catch (const Error& error) {
    result.reason = error.what();
  }
  return result;
}

/// What the journal says of one file.
struct History {
  std::vector<const JournalEntry*> entries;   ///< oldest first
  std::map<std::string, std::string> undone;  ///< hash of a restored file to that of the old one
};

/// The state to go back to from a file of this hash: that before the oldest of an unbroken row of entries.
/// nullptr where no entry left such a file.
const JournalEntry* oldest_of_row(const History& history, const std::string& sha256) {
  const JournalEntry* oldest = nullptr;
  std::string hash = sha256;
  for (auto entry = history.entries.rbegin(); entry != history.entries.rend(); ++entry) {
    if ((*entry)->after.sha256 != hash) continue;
    oldest = *entry;
    hash = oldest->before.sha256;
  }
  return oldest;
}

FileResult undo_file(const fs::path& file, const History& history, Journal& journal,
                     const WriteOptions& options) {
  FileResult result{.file = file, .outcome = WriteOutcome::unchanged, .reason = {}, .notes = {}};
  std::string now;
  try {
    now = sha256_file(file);
  } catch (const FileError& error) {
    result.outcome = WriteOutcome::failed;
    result.reason = error.what();
    return result;
  }
  const auto restored = history.undone.find(now);
  const std::string& hash = restored == history.undone.end() ? now : restored->second;
  const JournalEntry* const entry = oldest_of_row(history, hash);
  if (entry == nullptr) {
    if (history.entries.front()->before.sha256 == hash) return result;
    result.outcome = WriteOutcome::skipped;
    result.reason = printable(file.string()) + " changed since its tags were written; it was left alone";
    return result;
  }
  const auto is_as_known = [&](const Replacement& copied) { return copied.old_sha256() == now; };
  const auto record = [&](const Replacement& replacement, const std::string& new_sha256) {
    journal.append(JournalUndo{replacement.target(), new_sha256, entry->before.sha256});
  };
  return replace_fields(file, entry->before.fields, options, is_as_known, record);
}

}  // namespace

std::string_view to_string(WriteOutcome outcome) {
  switch (outcome) {
    case WriteOutcome::written:
      return "written";
    case WriteOutcome::unchanged:
      return "unchanged";
    case WriteOutcome::skipped:
      return "skipped";
    case WriteOutcome::failed:
      return "failed";
  }
  return "";
}

FileResult write_tags(const TagPlan& plan, Journal& journal, const WriteOptions& options) {
  check_interrupted();
  if (!plan.changes()) return {plan.file, WriteOutcome::unchanged, {}, {}};
  const auto is_as_known = [&](const Replacement& copied) {
    return load_genre_fields(copied.copy()) == plan.before;
  };
  const auto record = [&](const Replacement& replacement, const std::string& new_sha256) {
    journal.append(JournalEntry{
        replacement.target(), {replacement.old_sha256(), plan.before}, {new_sha256, plan.after}});
  };
  return replace_fields(plan.file, plan.after, options, is_as_known, record);
}

void undo_tags(const fs::path& path, const WriteOptions& options,
               const std::function<void(const FileResult&)>& report) {
  const JournalContent content = load_journal(path);
  std::map<fs::path, History> histories;
  for (const JournalEntry& entry : content.entries) histories[entry.file].entries.push_back(&entry);
  for (const JournalUndo& undo : content.undone) histories[undo.file].undone[undo.sha256] = undo.as;
  Journal journal(path);
  for (const auto& [file, history] : histories) {
    check_interrupted();
    if (!history.entries.empty()) report(undo_file(file, history, journal, options));
  }
}

}  // namespace gamut::tags
