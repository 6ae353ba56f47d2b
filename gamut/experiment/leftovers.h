#pragma once

#include <filesystem>
#include <string_view>

namespace gamut::experiment {

/// Removes what a killed process had begun to write in a folder, which may be large. The caller holds a lock
/// that says that nobody writes it now.
/// @param file  the name of the one file in whose place it was to come; empty: of any file.
void remove_leftovers(const std::filesystem::path& folder, std::string_view file = {});

}  // namespace gamut::experiment
