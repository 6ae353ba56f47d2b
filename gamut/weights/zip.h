#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace gamut::weights {

/// The entries of a zip archive by name, as views into `bytes`. Zip64 is understood; every entry's CRC-32 is
/// checked.
///
/// Only stored (uncompressed) entries are read, because torch.save writes no others.
///
/// @throws ModelError  no archive, a damaged one, or one with compressed, encrypted or doubly named entries.
/// @source PKWARE APPNOTE 6.3, sections 4.3 to 4.5.
std::map<std::string, std::span<const std::byte>> parse_zip(std::span<const std::byte> bytes,
                                                            const std::filesystem::path& path);

}  // namespace gamut::weights
