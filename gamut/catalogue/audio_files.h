#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gamut::catalogue {

/// Whether the file's extension is one that audio has, in upper or lower case.
bool is_audio_name(const std::filesystem::path& path);

/// What is wrong with an audio file's path: missing, a directory, not to be reached. Empty where nothing is;
/// the file is not opened.
std::string file_fault(const std::filesystem::path& path);

/// A directory's entries that are not hidden, in order of name; a directory that cannot be read is a fault.
std::vector<std::filesystem::directory_entry> sorted_entries(const std::filesystem::path& folder,
                                                             std::vector<std::string>& faults);

/// Adds every audio file under `folder`, depth first, in order of name. Hidden files and other extensions are
/// passed over, links to folders are not followed.
void collect_audio(const std::filesystem::path& folder, std::vector<std::filesystem::path>& files,
                   std::vector<std::string>& faults);

/// `folder` as the catalogue writes folders: absolute, lexically normal, no slash at the end.
/// @throws CatalogueError  it is no directory; `cure` says what to give instead.
std::filesystem::path library_folder(const std::filesystem::path& folder, const std::string& cure);

}  // namespace gamut::catalogue
