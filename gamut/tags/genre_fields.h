#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gamut::tags {

/// What one of a file's tags says of genres. A file may have several tags: an MP3 has ID3v2, and often ID3v1
/// or APE beside it.
struct GenreFields {
  std::string tag;                  ///< "ID3v2", "ID3v1", "APE", "Vorbis", "MP4", "ASF" or "INFO"
  bool exists = true;               ///< whether the file has that tag at all
  std::vector<std::string> genres;  ///< UTF-8, in their order, ID3's numbers as names
  std::string scores;               ///< of the field GAMUT_SCORES; empty where there is none

  /// ASF keeps several values in no order.
  bool operator==(const GenreFields& other) const;
};

/// Reads the genre fields of every tag of a file: first the one that its container keeps genres in, whether
/// the file has it or not, then the others that it has. The container is told by content, not by name.
///
/// | container                                | tag    | genres                    | scores                 |
/// | MP3, WAV, AIFF                           | ID3v2  | one TCON, NUL between     | TXXX                   |
/// | FLAC, Ogg (Vorbis, Opus, Speex, FLAC)    | Vorbis | a GENRE each              | GAMUT_SCORES           |
/// | MP4                                      | MP4    | one ©gen, a data box each | ----:com.apple.iTunes: |
/// | Monkey's Audio, WavPack, Musepack        | APE    | one Genre, NUL between    | GAMUT_SCORES           |
/// | ASF (WMA)                                | ASF    | a WM/Genre each           | GAMUT_SCORES           |
///
/// ID3v1 holds one genre out of a list, RIFF's INFO one text.
///
/// @throws FileError  unreadable, or a container whose tags cannot be written.
std::vector<GenreFields> load_genre_fields(const std::filesystem::path& path);

/// Writes genre fields into the file itself; everything else in its tags stays. ID3v2 is written as version
/// 2.4, whatever it was. A tag that the file lacks is made, with what the file's other tags say; one whose
/// fields say `exists = false` is taken away.
///
/// @param fields  a list of the form that load_genre_fields gives.
/// @return what the tag library cannot carry over, "ID3v2 RVAD": frames that version 2.4 abolished.
/// @throws FileError  unreadable, not writable, another kind of file than `fields` came from, or other tags
/// would be lost; the file may then be damaged, so hand a copy.
std::vector<std::string> save_genre_fields(const std::filesystem::path& path,
                                           const std::vector<GenreFields>& fields);

}  // namespace gamut::tags
