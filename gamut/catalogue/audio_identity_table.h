#pragma once

#include <vector>

#include "gamut/catalogue/audio_identity.h"

namespace SQLite {
class Database;
}

namespace gamut::catalogue {

/// In order of song.
std::vector<AudioIdentity> read_audio_identities(SQLite::Database& sqlite, Fingerprints fingerprints);

/// Replaces what is known of these songs, within the caller's transaction.
void write_audio_identities(SQLite::Database& sqlite, const std::vector<AudioIdentity>& identities);

}  // namespace gamut::catalogue
