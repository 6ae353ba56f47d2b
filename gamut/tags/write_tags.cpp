#include "gamut/tags/write_tags.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
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

/// A message about the copy as one about the file that it stands for.
std::string name_file(std::string message, const fs::path& copy, const fs::path& file) {
  const std::string hidden = printable(copy.string());
  const std::size_t at = hidden.empty() ? std::string::npos : message.find(hidden);
  return at == std::string::npos ? message : message.replace(at, hidden.size(), printable(file.string()));
}

/// Replaces a file by one with other fields.
/// @param is_as_known  whether the file still is what the fields were made for.
/// @param record       is handed the hashes of the old and new bytes before anything happens.
FileResult replace_fields(const fs::path& file, const std::vector<GenreFields>& fields,
                          const WriteOptions& options,
                          const std::function<bool(const Replacement&)>& is_as_known,
                          const std::function<void(const Replacement&, const std::string&)>& record) {
  FileResult result{.file = file, .outcome = WriteOutcome::failed, .reason = {}, .notes = {}};
  fs::path copy;
  try {
    Replacement replacement(file);
    copy = replacement.copy();
    if (!is_as_known(replacement)) {
      throw FileError(printable(file.string()) + " changed meanwhile; it was left alone", file);
    }
    const std::vector<std::string> lost = save_genre_fields(copy, fields);
    if (options.audio_hash(copy) != options.audio_hash(replacement.target())) {
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
    result.reason = name_file(error.what(), copy, file);
  }
  return result;
}

/// An entry, and the journal that it stands in.
struct KnownEntry {
  const JournalEntry* entry = nullptr;
  Journal* journal = nullptr;
};

/// What the journals say of one file.
struct History {
  std::vector<KnownEntry> entries;            ///< oldest first
  std::map<std::string, std::string> undone;  ///< hash of a restored file to that of the old one
};

/// The state to go back to from a file of this hash: that before the oldest of an unbroken row of entries.
/// None where no entry left such a file.
KnownEntry oldest_of_row(const History& history, const std::string& sha256) {
  KnownEntry oldest;
  std::string hash = sha256;
  for (auto known = history.entries.rbegin(); known != history.entries.rend(); ++known) {
    if (known->entry->after.sha256 != hash) continue;
    oldest = *known;
    hash = oldest.entry->before.sha256;
  }
  return oldest;
}

FileResult undo_file(const fs::path& file, const History& history, const WriteOptions& options) {
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
  const auto [entry, journal] = oldest_of_row(history, hash);
  if (entry == nullptr) {
    if (restored != history.undone.end() || history.entries.front().entry->before.sha256 == hash)
      return result;
    result.outcome = WriteOutcome::skipped;
    result.reason = printable(file.string()) + " changed since its tags were written; it was left alone";
    return result;
  }
  const auto is_as_known = [&](const Replacement& copied) { return copied.old_sha256() == now; };
  const auto record = [&](const Replacement& replacement, const std::string& new_sha256) {
    journal->append(JournalUndo{replacement.target(), new_sha256, entry->before.sha256});
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

void undo_tags(const std::vector<fs::path>& paths, const WriteOptions& options,
               const std::function<void(const FileResult&)>& report) {
  std::vector<std::pair<JournalContent, fs::path>> loaded;
  for (const fs::path& path : paths) loaded.emplace_back(load_journal(path), path);
  std::ranges::stable_sort(loaded, {}, [](const auto& journal) { return journal.first.started; });
  std::vector<std::unique_ptr<Journal>> journals;
  std::map<fs::path, History> histories;
  for (const auto& [content, path] : loaded) {
    Journal* const journal = journals.emplace_back(std::make_unique<Journal>(path)).get();
    for (const JournalEntry& entry : content.entries)
      histories[entry.file].entries.push_back({&entry, journal});
    for (const JournalUndo& undo : content.undone) histories[undo.file].undone[undo.sha256] = undo.as;
  }
  std::set<fs::path> folders;
  for (const auto& [file, history] : histories) {
    check_interrupted();
    if (folders.insert(file.parent_path()).second) remove_leftovers(file.parent_path());
    if (!history.entries.empty()) report(undo_file(file, history, options));
  }
}

}  // namespace gamut::tags
