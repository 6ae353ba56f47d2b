#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "gamut/core/temporary_directory.h"

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

using gamut::TemporaryDirectory;

}  // namespace gamut::test

/// Skips the test, visibly, where a file is not there.
#define GAMUT_REQUIRE_FILE(path)                                                       \
  do {                                                                                 \
    if ((path).empty()) GTEST_SKIP() << "GAMUT_TEST_DATA is not set";                  \
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "absent: " << (path).string(); \
  } while (false)
