#include "gamut/core/temporary_directory.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut {

TemporaryDirectory::TemporaryDirectory(const std::filesystem::path& parent) {
  std::string pattern = (parent / "gamut-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw FileError("cannot make a folder in " + printable(parent.string()) + ": " + std::strerror(errno),
                    parent);
  }
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace gamut
