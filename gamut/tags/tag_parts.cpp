#include "gamut/tags/tag_parts.h"

#include <apetag.h>
#include <asftag.h>
#include <attachedpictureframe.h>
#include <flacfile.h>
#include <flacpicture.h>
#include <id3v2tag.h>
#include <mp4atom.h>
#include <mp4file.h>
#include <textidentificationframe.h>
#include <unknownframe.h>
#include <xiphcomment.h>

namespace gamut::tags {
namespace {

using Parts = std::multiset<std::string>;

void add(const std::string& name, unsigned size, Parts& parts) {
  parts.insert(name + ", " + std::to_string(size) + " bytes");
}

void list(const TagLib::ID3v2::Tag& tag, Parts& parts) {
  for (const TagLib::ID3v2::Frame* frame : tag.frameList()) {
    // Those that ID3v2.4 abolished are unknown.
    if (dynamic_cast<const TagLib::ID3v2::UnknownFrame*>(frame) != nullptr) continue;
    if (dynamic_cast<const TagLib::ID3v2::TextIdentificationFrame*>(frame) != nullptr) continue;
    const TagLib::ByteVector id = frame->frameID();
    const std::string name = "ID3v2 " + std::string(id.data(), id.size());
    const auto* picture = dynamic_cast<const TagLib::ID3v2::AttachedPictureFrame*>(frame);
    if (picture != nullptr) {
      add(name, picture->picture().size(), parts);
    } else {
      parts.insert(name);
    }
  }
}

void list(const TagLib::APE::Tag& tag, Parts& parts) {
  for (const auto& [name, item] : tag.itemListMap()) {
    if (item.type() != TagLib::APE::Item::Text)
      add("APE " + name.to8Bit(true), item.binaryData().size(), parts);
  }
}

void list(TagLib::Ogg::XiphComment& tag, Parts& parts) {
  for (const TagLib::FLAC::Picture* picture : tag.pictureList())
    add("picture", picture->data().size(), parts);
}

void list(const TagLib::ASF::Tag& tag, Parts& parts) {
  for (const auto& [name, attributes] : tag.attributeListMap()) {
    for (const TagLib::ASF::Attribute& attribute : attributes) {
      if (attribute.type() != TagLib::ASF::Attribute::UnicodeType) {
        add("ASF " + name.to8Bit(true), static_cast<unsigned>(attribute.dataSize()), parts);
      }
    }
  }
}

/// @source https://xiph.org/flac/format.html
void list_blocks(TagLib::FLAC::File& file, Parts& parts) {
  constexpr unsigned kPadding = 1, kVorbisComment = 4;
  bool last = false;
  for (long offset = file.find("fLaC") + 4; !last;) {
    file.seek(offset);
    const TagLib::ByteVector head = file.readBlock(4);
    if (head.size() < 4) return;
    last = (static_cast<unsigned char>(head[0]) & 0x80U) != 0;
    const unsigned kind = static_cast<unsigned char>(head[0]) & 0x7FU;
    const unsigned size = head.toUInt(1, 3, true);
    const std::string name = "FLAC block of type " + std::to_string(kind);
    if (kind == kVorbisComment) parts.insert(name);
    if (kind != kVorbisComment && kind != kPadding) add(name, size, parts);
    offset += 4 + static_cast<long>(size);
  }
}

/// @source https://developer.apple.com/documentation/quicktime-file-format/metadata_item_list_atom
void list_atoms(TagLib::MP4::File& file, Parts& parts) {
  TagLib::MP4::Atoms atoms(&file);
  const TagLib::MP4::Atom* const items = atoms.find("moov", "udta", "meta", "ilst");
  if (items == nullptr) return;
  for (const TagLib::MP4::Atom* atom : items->children) {
    file.seek(atom->offset);
    const bool free_form = atom->name == "----";
    const bool own =
        atom->name == "\251gen" || atom->name == "gnre" ||
        (free_form && file.readBlock(static_cast<unsigned long>(atom->length)).find("GAMUT_SCORES") >= 0);
    if (own) continue;
    const std::string name = "MP4 " + std::string(atom->name.data(), atom->name.size());
    if (atom->name == "covr") {
      add(name, static_cast<unsigned>(atom->length), parts);
    } else {
      parts.insert(name);
    }
  }
}

}  // namespace

Parts list_tag_parts(TagLib::Tag& tag) {
  Parts parts;
  if (const auto* id3v2 = dynamic_cast<const TagLib::ID3v2::Tag*>(&tag)) list(*id3v2, parts);
  if (const auto* ape = dynamic_cast<const TagLib::APE::Tag*>(&tag)) list(*ape, parts);
  if (auto* xiph = dynamic_cast<TagLib::Ogg::XiphComment*>(&tag)) list(*xiph, parts);
  if (const auto* asf = dynamic_cast<const TagLib::ASF::Tag*>(&tag)) list(*asf, parts);
  return parts;
}

Parts list_raw_parts(TagLib::File& file) {
  Parts parts;
  if (auto* flac = dynamic_cast<TagLib::FLAC::File*>(&file)) list_blocks(*flac, parts);
  if (auto* mp4 = dynamic_cast<TagLib::MP4::File*>(&file)) list_atoms(*mp4, parts);
  return parts;
}

}  // namespace gamut::tags
