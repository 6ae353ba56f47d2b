#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace gamut::test {

/// The reference numbers: GAMUT_REFERENCE, or the copy that the project carries.
inline std::filesystem::path reference_directory() {
  const char* elsewhere = std::getenv("GAMUT_REFERENCE");
  return elsewhere != nullptr && *elsewhere != '\0'
             ? std::filesystem::path(elsewhere)
             : std::filesystem::path(GAMUT_SOURCE_DIR "/tests/golden/reference");
}

/// A file of the real recordings, library and weights; an empty path where GAMUT_TEST_DATA does not say where
/// they are.
inline std::filesystem::path test_data(const std::string& relative) {
  const char* root = std::getenv("GAMUT_TEST_DATA");
  if (root == nullptr || *root == '\0') return {};
  return std::filesystem::absolute(std::filesystem::path(root) / relative);
}

/// An empty directory of its own for each test, removed at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gamut-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace gamut::test

/// Skips the test, visibly, where a file is not there.
#define GAMUT_REQUIRE_FILE(path)                                                       \
  do {                                                                                 \
    if ((path).empty()) GTEST_SKIP() << "GAMUT_TEST_DATA is not set";                  \
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "absent: " << (path).string(); \
  } while (false)
