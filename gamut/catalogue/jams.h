#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gamut/catalogue/declared_length.h"
#include "gamut/core/json_fwd.h"

namespace gamut::catalogue {

/// The tags of a JAMS document in the namespaces that hold genres: tag_open, tag_gtzan, tag_fma_* and
/// tag_msd_tagtraum_*. Each once, in order.
/// @throws CatalogueError  no list of annotations, or a tag without a text.
/// @source https://jams.readthedocs.io, schema of JAMS 0.3; Humphrey et al., JAMS, ISMIR 2014.
std::vector<std::string> jams_labels(const Json& document);

/// The length of the audio that a JAMS document declares, `file_metadata.duration`.
/// @param file  that the document is from, for messages.
/// @return seconds; none where it has none, or one that `lengths` passes over.
std::optional<double> jams_length(const Json& document, const std::filesystem::path& file,
                                  DeclaredLengths& lengths);

}  // namespace gamut::catalogue
