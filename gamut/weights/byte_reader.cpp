#include "gamut/weights/byte_reader.h"

#include <fmt/core.h>

#include <algorithm>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::weights {

void refuse(const std::filesystem::path& path, const std::string& complaint) {
  throw ModelError(fmt::format("{}: {}", printable(path.string()), complaint), path);
}

std::span<const std::byte> ByteReader::take(std::uint64_t count) {
  const std::size_t left = bytes_.size() - position_;
  if (count > left) {
    refuse(path_, fmt::format("{} ends too early: {} bytes wanted at byte {}, {} left; the file is damaged, "
                              "fetch or save it again",
                              part_, count, position_, left));
  }
  std::span<const std::byte> taken = bytes_.subspan(position_, static_cast<std::size_t>(count));
  position_ += taken.size();
  return taken;
}

std::string_view ByteReader::take_text(std::uint64_t count) {
  std::span<const std::byte> taken = take(count);
  return {reinterpret_cast<const char*>(taken.data()), taken.size()};
}

std::string_view ByteReader::take_line() {
  std::span<const std::byte> left = bytes_.subspan(position_);
  const auto length = std::find(left.begin(), left.end(), std::byte{'\n'}) - left.begin();
  std::string_view line = take_text(static_cast<std::uint64_t>(length) + 1);
  line.remove_suffix(1);
  return line;
}

}  // namespace gamut::weights
