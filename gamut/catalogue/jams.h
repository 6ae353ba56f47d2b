#pragma once

#include <string>
#include <vector>

#include "gamut/core/json.h"

namespace gamut::catalogue {

/// The tags of a JAMS document in the namespaces that hold genres: tag_open, tag_gtzan, tag_fma_* and
/// tag_msd_tagtraum_*. Each once, in order.
/// @throws CatalogueError  no list of annotations, or a tag without a text.
/// @source https://jams.readthedocs.io, schema of JAMS 0.3; Humphrey et al., JAMS, ISMIR 2014.
std::vector<std::string> jams_labels(const Json& document);

}  // namespace gamut::catalogue
