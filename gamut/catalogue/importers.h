#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "gamut/catalogue/import.h"

namespace gamut::catalogue {

/// A format that `gamut import` knows.
struct Importer {
  std::string_view name;    ///< of --format
  std::string_view source;  ///< what SOURCE is, for people
  /// Whether a source looks like this format, by names of files and first lines.
  bool (*recognises)(const std::filesystem::path& source);
  ImportReport (*import)(Catalogue&, const std::filesystem::path& source, const ImportOptions&);
};

/// All of them; a source that several recognise is the first one's.
std::span<const Importer> importers();

/// @throws ParameterError  no format has that name; the message lists them.
const Importer& find_importer(std::string_view name);

/// @throws FileError       there is no such source.
/// @throws CatalogueError  no format recognises it; the message lists what there is.
const Importer& detect_importer(const std::filesystem::path& source);

}  // namespace gamut::catalogue
