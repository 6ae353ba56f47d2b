#pragma once

#include <filesystem>
#include <string>

namespace gamut {

/// An empty directory of its own, removed with all in it at the end.
class TemporaryDirectory {
 public:
  /// @throws FileError  it cannot be made.
  explicit TemporaryDirectory(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace gamut
