#include "gamut/tagging/sources.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "gamut/catalogue/audio_files.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

namespace gamut::tagging {

namespace fs = std::filesystem;

namespace {

/// Standard input as a file that can be read more than once; it lives as long as the process.
Source read_standard_input() {
  const int memory = memfd_create("standard-input", MFD_CLOEXEC);
  const auto fault = [](const char* what) {
    return Source{"-", {}, fmt::format("standard input: {}: {}", what, std::strerror(errno))};
  };
  if (memory < 0) return fault("cannot be kept");
  std::array<char, 1 << 16> piece;
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fault("cannot be read");
    if (got == 0) break;
    if (write(memory, piece.data(), static_cast<std::size_t>(got)) != got) return fault("cannot be kept");
  }
  return {"-", fs::path(fmt::format("/proc/self/fd/{}", memory))};
}

std::string lower_extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return extension;
}

Source file_source(const fs::path& path) {
  return {path.string(), path, catalogue::file_fault(path)};
}

void add_folder(const fs::path& folder, std::vector<Source>& sources) {
  std::vector<fs::path> files;
  std::vector<std::string> faults;
  catalogue::collect_audio(folder, files, faults);
  for (const fs::path& file : files) sources.push_back({file.string(), file});
  for (const std::string& fault : faults) sources.push_back({folder.string(), {}, fault});
  if (files.empty() && faults.empty()) {
    sources.push_back({folder.string(), {}, "no audio file in " + printable(folder.string())});
  }
}

/// The path that a file:// address means, %20 a blank; empty for all others.
std::string path_of_address(std::string_view address) {
  std::string path;
  for (const std::string_view start : {"file:///", "file://localhost/"}) {
    if (!address.starts_with(start)) continue;
    for (std::size_t i = start.size() - 1; i < address.size(); ++i) {
      unsigned byte = 0;
      const char* const digits = address.data() + i + 1;
      const bool is_escape = address[i] == '%' && i + 2 < address.size() &&
                             std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
      path += is_escape ? static_cast<char>(byte) : address[i];
      if (is_escape) i += 2;
    }
  }
  return path;
}

void add_playlist(const fs::path& playlist, std::vector<Source>& sources) {
  std::string text;
  try {
    text = load_text(playlist);
  } catch (const FileError& error) {
    sources.push_back({playlist.string(), {}, error.what()});
    return;
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  const std::size_t before = sources.size();
  for (const std::string& line : split_list(text, '\n')) {
    if (line.starts_with('#')) continue;
    if (const std::string path = path_of_address(line); !path.empty()) {
      sources.push_back(file_source(path));
    } else if (line.find("://") != std::string::npos) {
      sources.push_back({line, {}, "only files on this machine are read, not " + printable(line)});
    } else {
      sources.push_back(file_source(playlist.parent_path() / line));
    }
  }
  if (sources.size() == before) {
    sources.push_back({playlist.string(), {}, "no file in the playlist " + printable(playlist.string())});
  }
}

}  // namespace

std::vector<Source> list_sources(std::span<const std::string> arguments) {
  std::vector<Source> sources;
  for (const std::string& argument : arguments) {
    const fs::path path(argument);
    std::error_code failure;
    if (argument == "-") {
      sources.push_back(read_standard_input());
    } else if (fs::is_directory(path, failure)) {
      add_folder(path, sources);
    } else if (const std::string extension = lower_extension(path);
               extension == ".m3u8" || extension == ".m3u") {
      add_playlist(path, sources);
    } else {
      sources.push_back(file_source(path));
    }
  }
  return sources;
}

}  // namespace gamut::tagging
