#include "gamut/catalogue/audio_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {

namespace fs = std::filesystem;

namespace {

/// Of every container that FFmpeg decodes and music libraries hold.
constexpr std::array<std::string_view, 26> kExtensions = {
    ".aac",  ".aif", ".aifc", ".aiff", ".alac", ".ape",  ".au",  ".dsf", ".flac",
    ".m4a",  ".m4b", ".mka",  ".mp2",  ".mp3",  ".mp4",  ".mpc", ".oga", ".ogg",
    ".opus", ".snd", ".spx",  ".tta",  ".wav",  ".wave", ".wma", ".wv"};

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

std::string unreadable(const fs::path& folder, const std::error_code& failure) {
  return fmt::format("{}: {}", printable(folder.string()), failure.message());
}

}  // namespace

bool is_audio_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& letter : extension) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

std::string file_fault(const fs::path& path) {
  std::error_code failure;
  const auto status = fs::status(path, failure);
  const std::string name = printable(path.string());
  if (status.type() == fs::file_type::not_found) return "no such file: " + name;
  if (failure) return fmt::format("{}: {}", name, failure.message());
  if (fs::is_directory(status)) return "a directory, not a file: " + name;
  if (!fs::is_regular_file(status)) return "not a regular file: " + name;
  return {};
}

std::vector<fs::directory_entry> sorted_entries(const fs::path& folder, std::vector<std::string>& faults) {
  std::vector<fs::directory_entry> entries;
  std::error_code failure;
  fs::directory_iterator entry(folder, failure);
  for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure)) {
    if (!is_hidden(entry->path())) entries.push_back(*entry);
  }
  if (failure) faults.push_back(unreadable(folder, failure));
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.path().native() < b.path().native(); });
  return entries;
}

void collect_audio(const fs::path& folder, std::vector<fs::path>& files, std::vector<std::string>& faults) {
  for (const auto& entry : sorted_entries(folder, faults)) {
    std::error_code failure;
    if (entry.is_directory(failure)) {
      // A link may lead back up; following it could go round for ever.
      if (!entry.is_symlink(failure)) collect_audio(entry.path(), files, faults);
    } else if (is_audio_name(entry.path())) {
      if (entry.is_regular_file(failure)) {
        files.push_back(entry.path());
      } else {
        faults.push_back("not a regular file: " + printable(entry.path().string()));
      }
    }
  }
}

fs::path library_folder(const fs::path& folder, const std::string& cure) {
  if (!fs::is_directory(folder)) {
    throw CatalogueError(fmt::format("{} is not a directory; {}", printable(folder.string()), cure), folder);
  }
  fs::path root = fs::absolute(folder).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  return root;
}

}  // namespace gamut::catalogue
