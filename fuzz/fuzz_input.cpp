#include "fuzz/fuzz_input.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "gamut/core/temporary_directory.h"

namespace gamut::fuzz {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

std::filesystem::path in_file(Bytes bytes) {
  static const int descriptor = ::memfd_create("input", MFD_CLOEXEC);
  if (descriptor < 0) fail("memfd_create");
  if (::ftruncate(descriptor, 0) != 0) fail("ftruncate");
  if (::pwrite(descriptor, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    fail("pwrite");
  return "/proc/self/fd/" + std::to_string(descriptor);
}

const std::filesystem::path& scratch_directory() {
  static const TemporaryDirectory directory;
  return directory.path();
}

}  // namespace gamut::fuzz
