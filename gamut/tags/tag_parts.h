#pragma once

#include <set>
#include <string>

namespace TagLib {
class File;
class Tag;
}  // namespace TagLib

namespace gamut::tags {

/// What a tag holds beside text, by name and as often as it is there, with its size where it is bytes:
/// "ID3v2 APIC, 4711 bytes". Frames that TagLib does not know are left out.
std::multiset<std::string> list_tag_parts(TagLib::Tag& tag);

/// What an open file's container itself says that it has, whether TagLib can read it or not: of FLAC the
/// metadata blocks but padding, of MP4 the atoms with tags but those of genres and scores; nothing of others.
std::multiset<std::string> list_raw_parts(TagLib::File& file);

}  // namespace gamut::tags
