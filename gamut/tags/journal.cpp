#include "gamut/tags/journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <string_view>
#include <utility>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/libraries.h"
#include "gamut/core/text.h"
#include "gamut/core/version.h"
#include "gamut/tags/path_json.h"
#include "gamut/tags/replacement.h"

namespace gamut::tags {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "gamut_tag_journal";
constexpr std::string_view kStart = "{\"gamut_tag_journal\":";
constexpr int kVersion = 1;

[[noreturn]] void fail(const std::string& what, const fs::path& path, int code) {
  throw FileError(what + " the journal " + printable(path.string()) + ": " + std::strerror(code), path);
}

Json to_json(const FileState& state) {
  Json tags = Json::array();
  for (const GenreFields& fields : state.fields) {
    Json tag = {{"tag", fields.tag}, {"exists", fields.exists}, {"genres", fields.genres}};
    if (!fields.scores.empty()) tag["scores"] = fields.scores;
    tags.push_back(std::move(tag));
  }
  return {{"sha256", state.sha256}, {"tags", std::move(tags)}};
}

FileState state_from(const Json& json) {
  FileState state{json.at("sha256").get<std::string>(), {}};
  for (const Json& tag : json.at("tags")) {
    state.fields.push_back({.tag = tag.at("tag").get<std::string>(),
                            .exists = tag.at("exists").get<bool>(),
                            .genres = tag.at("genres").get<std::vector<std::string>>(),
                            .scores = tag.value("scores", "")});
  }
  return state;
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// @throws nlohmann's exceptions
void read_line(const Json& line, bool first, JournalContent& content) {
  if (first) {
    if (line.at(kFormat).get<int>() != kVersion) throw FileError("a journal of another version of gamut");
    content.started = line.value("started", "");
  } else if (line.contains("as")) {
    content.undone.push_back(
        {get_path(line, "file"), line.at("sha256").get<std::string>(), line.at("as").get<std::string>()});
  } else {
    content.entries.push_back(
        {get_path(line, "file"), state_from(line.at("before")), state_from(line.at("after"))});
  }
}

JournalContent parse_journal(std::string_view text, const fs::path& path) {
  JournalContent content;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    // Only a whole line was on the disk when its replacement began.
    if (end == std::string_view::npos && number > 0) break;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    try {
      read_line(Json::parse(line), number == 1, content);
    } catch (const std::exception& error) {
      throw FileError(printable(path.string()) + ":" + std::to_string(number) +
                          (number == 1 ? ": this is no journal of gamut tag (" : ": the line is damaged (") +
                          printable(error.what()) + ")",
                      path);
    }
  }
  return content;
}

}  // namespace

Journal::Journal(fs::path path)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) {
  if (file_.get() < 0) fail("cannot open", path_, errno);
  if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    throw FileError("another process writes to the journal " + printable(path_.string()) +
                        "; wait for it to end, or give another --journal",
                    path_);
  }
  const std::string text = load_text(path_);
  const std::size_t last_end = text.rfind('\n');
  const std::size_t whole = last_end == std::string::npos ? 0 : last_end + 1;
  // What is not even the start of our first line is somebody's file.
  if (whole > 0 || !kStart.starts_with(text.substr(0, kStart.size()))) {
    static_cast<void>(parse_journal(text, path_));
  }
  if (whole < text.size() && ::ftruncate(file_.get(), static_cast<off_t>(whole)) != 0) {
    fail("cannot write", path_, errno);
  }
  if (whole == 0) {
    append_line({{kFormat, kVersion},
                 {"gamut", std::string(version())},
                 {"taglib", libraries().value("TagLib", "")},
                 {"started", now_utc()}});
    sync_folder(fs::absolute(path_).parent_path());
  }
}

void Journal::append(const JournalEntry& entry) {
  Json line;
  put_path(line, "file", entry.file);
  line["before"] = to_json(entry.before);
  line["after"] = to_json(entry.after);
  append_line(line);
}

void Journal::append(const JournalUndo& undo) {
  Json line;
  put_path(line, "file", undo.file);
  line["sha256"] = undo.sha256;
  line["as"] = undo.as;
  append_line(line);
}

void Journal::append_line(const Json& line) {
  const std::string text = dump_json(line) + "\n";
  const off_t start = ::lseek(file_.get(), 0, SEEK_END);
  const ssize_t written = ::write(file_.get(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size()) || ::fdatasync(file_.get()) != 0) {
    const int code = written >= 0 && written < static_cast<ssize_t>(text.size()) ? ENOSPC : errno;
    [[maybe_unused]] const int cut = ::ftruncate(file_.get(), start);  // half a line would spoil the next
    fail("cannot write", path_, code);
  }
}

JournalContent load_journal(const fs::path& path) {
  const std::string text = load_text(path);
  if (text.empty()) throw FileError(printable(path.string()) + " is empty, no journal of gamut tag", path);
  return parse_journal(text, path);
}

}  // namespace gamut::tags
