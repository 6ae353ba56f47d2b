#include "gamut/catalogue/audio_identity_table.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <bit>
#include <cstring>
#include <string>

namespace gamut::catalogue {

// The items stand in the file as they stand in memory.
static_assert(std::endian::native == std::endian::little);

std::vector<AudioIdentity> read_audio_identities(SQLite::Database& sqlite, Fingerprints fingerprints) {
  SQLite::Statement statement(
      sqlite,
      std::string("SELECT song_id, file_bytes, modified_ns, method, outcome, reason, duration_s, declared_s,"
                  " peak, rms, full_scale_share, content, ") +
          (fingerprints == Fingerprints::with ? "fingerprint" : "NULL") +
          " FROM heard_audio ORDER BY song_id");
  std::vector<AudioIdentity> identities;
  while (statement.executeStep()) {
    AudioIdentity identity;
    identity.song_id = statement.getColumn(0).getInt64();
    identity.file_bytes = statement.getColumn(1).getInt64();
    identity.modified_ns = statement.getColumn(2).getInt64();
    identity.method = statement.getColumn(3).getString();
    identity.outcome = parse_outcome(statement.getColumn(4).getString());
    identity.reason = statement.getColumn(5).getString();
    identity.duration_s = statement.getColumn(6).getDouble();
    identity.declared_s = statement.getColumn(7).getDouble();
    identity.peak = statement.getColumn(8).getDouble();
    identity.rms = statement.getColumn(9).getDouble();
    identity.full_scale_share = statement.getColumn(10).getDouble();
    identity.content = statement.getColumn(11).getString();
    const SQLite::Column blob = statement.getColumn(12);
    identity.fingerprint.resize(static_cast<std::size_t>(blob.getBytes()) / sizeof(std::uint32_t));
    if (!identity.fingerprint.empty()) {
      std::memcpy(identity.fingerprint.data(), blob.getBlob(),
                  identity.fingerprint.size() * sizeof(std::uint32_t));
    }
    identities.push_back(std::move(identity));
  }
  return identities;
}

void write_audio_identities(SQLite::Database& sqlite, const std::vector<AudioIdentity>& identities) {
  SQLite::Statement insert(
      sqlite,
      "INSERT OR REPLACE INTO heard_audio(song_id, file_bytes, modified_ns, method, outcome, reason,"
      " duration_s, declared_s, peak, rms, full_scale_share, content, fingerprint)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const AudioIdentity& identity : identities) {
    insert.reset();
    insert.bind(1, identity.song_id);
    insert.bind(2, identity.file_bytes);
    insert.bind(3, identity.modified_ns);
    insert.bind(4, identity.method);
    insert.bind(5, std::string(to_string(identity.outcome)));
    insert.bind(6, identity.reason);
    insert.bind(7, identity.duration_s);
    insert.bind(8, identity.declared_s);
    insert.bind(9, identity.peak);
    insert.bind(10, identity.rms);
    insert.bind(11, identity.full_scale_share);
    insert.bind(12, identity.content);
    insert.bind(13, identity.fingerprint.data(),
                static_cast<int>(identity.fingerprint.size() * sizeof(std::uint32_t)));
    insert.exec();
  }
}

}  // namespace gamut::catalogue
