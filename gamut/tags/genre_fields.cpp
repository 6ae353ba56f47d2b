#include "gamut/tags/genre_fields.h"

#include <aifffile.h>
#include <apefile.h>
#include <apetag.h>
#include <asffile.h>
#include <asftag.h>
#include <flacfile.h>
#include <id3v1tag.h>
#include <id3v2tag.h>
#include <infotag.h>
#include <mp4file.h>
#include <mpcfile.h>
#include <mpegfile.h>
#include <oggflacfile.h>
#include <opusfile.h>
#include <speexfile.h>
#include <textidentificationframe.h>
#include <tfilestream.h>
#include <tpropertymap.h>
#include <vorbisfile.h>
#include <wavfile.h>
#include <wavpackfile.h>
#include <xiphcomment.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/tags/genre_field.h"
#include "gamut/tags/quiet_taglib.h"
#include "gamut/tags/tag_parts.h"

namespace gamut::tags {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScores = "GAMUT_SCORES";
constexpr const char* kMp4Genre = "\251gen";
constexpr const char* kMp4Scores = "----:com.apple.iTunes:GAMUT_SCORES";

std::string utf8(const TagLib::String& text) {
  return std::string(trim(text.to8Bit(true)));
}

TagLib::String taglib(const std::string& text) {
  return {text, TagLib::String::UTF8};
}

TagLib::StringList taglib(const std::vector<std::string>& texts) {
  TagLib::StringList list;
  for (const std::string& text : texts) list.append(taglib(text));
  return list;
}

std::vector<std::string> values(const TagLib::StringList& list) {
  std::vector<std::string> texts;
  for (const TagLib::String& text : list) {
    if (std::string value = utf8(text); !value.empty()) texts.push_back(std::move(value));
  }
  return texts;
}

// Each kind of tag has read(tag, fields) and write(tag, fields).

void read(TagLib::ID3v2::Tag& tag, GenreFields& fields) {
  for (const TagLib::ID3v2::Frame* frame : tag.frameList("TCON")) {
    const auto* text = dynamic_cast<const TagLib::ID3v2::TextIdentificationFrame*>(frame);
    if (text == nullptr) continue;
    for (const std::string& value : values(text->fieldList())) {
      const std::string name = id3_genre(value);
      fields.genres.push_back(name.empty() ? value : name);
    }
  }
  const auto* frame = TagLib::ID3v2::UserTextIdentificationFrame::find(&tag, kScores);
  // The first field of a user text is its description.
  if (frame != nullptr && frame->fieldList().size() > 1) fields.scores = utf8(frame->fieldList()[1]);
}

void write(TagLib::ID3v2::Tag& tag, const GenreFields& fields) {
  // The tag owns its frames.
  tag.removeFrames("TCON");
  if (!fields.genres.empty()) {
    auto* frame = new TagLib::ID3v2::TextIdentificationFrame("TCON", TagLib::String::UTF8);
    frame->setText(taglib(fields.genres));
    tag.addFrame(frame);
  }
  if (auto* old = TagLib::ID3v2::UserTextIdentificationFrame::find(&tag, kScores)) tag.removeFrame(old);
  if (!fields.scores.empty()) {
    auto* frame = new TagLib::ID3v2::UserTextIdentificationFrame(TagLib::String::UTF8);
    frame->setDescription(kScores);
    frame->setText(taglib(fields.scores));
    tag.addFrame(frame);
  }
}

void read(const TagLib::ID3v1::Tag& tag, GenreFields& fields) {
  if (std::string genre = utf8(tag.genre()); !genre.empty()) fields.genres.push_back(std::move(genre));
}

void write(TagLib::ID3v1::Tag& tag, const GenreFields& fields) {
  tag.setGenre(fields.genres.empty() ? TagLib::String() : taglib(fields.genres[0]));
}

void read(const TagLib::APE::Tag& tag, GenreFields& fields) {
  const TagLib::APE::ItemListMap& items = tag.itemListMap();
  if (items.contains("GENRE")) fields.genres = values(items["GENRE"].values());
  if (items.contains(kScores)) fields.scores = utf8(items[kScores].toString());
}

void write(TagLib::APE::Tag& tag, const GenreFields& fields) {
  tag.removeItem("GENRE");
  tag.removeItem(kScores);
  if (!fields.genres.empty()) tag.setItem("GENRE", TagLib::APE::Item("Genre", taglib(fields.genres)));
  if (!fields.scores.empty()) tag.setItem(kScores, TagLib::APE::Item(kScores, taglib(fields.scores)));
}

void read(const TagLib::Ogg::XiphComment& tag, GenreFields& fields) {
  const TagLib::Ogg::FieldListMap& map = tag.fieldListMap();
  if (map.contains("GENRE")) fields.genres = values(map["GENRE"]);
  if (map.contains(kScores)) fields.scores = utf8(map[kScores].front());
}

void write(TagLib::Ogg::XiphComment& tag, const GenreFields& fields) {
  tag.removeFields("GENRE");
  tag.removeFields(kScores);
  for (const std::string& genre : fields.genres) tag.addField("GENRE", taglib(genre), /*replace=*/false);
  if (!fields.scores.empty()) tag.addField(kScores, taglib(fields.scores));
}

void read(const TagLib::MP4::Tag& tag, GenreFields& fields) {
  if (tag.contains(kMp4Genre)) fields.genres = values(tag.item(kMp4Genre).toStringList());
  if (!tag.contains(kMp4Scores)) return;
  const std::vector<std::string> scores = values(tag.item(kMp4Scores).toStringList());
  if (!scores.empty()) fields.scores = scores[0];
}

void write(TagLib::MP4::Tag& tag, const GenreFields& fields) {
  tag.removeItem(kMp4Genre);
  tag.removeItem(kMp4Scores);
  if (!fields.genres.empty()) tag.setItem(kMp4Genre, TagLib::MP4::Item(taglib(fields.genres)));
  if (!fields.scores.empty()) tag.setItem(kMp4Scores, TagLib::MP4::Item(taglib(fields.scores)));
}

void read(const TagLib::ASF::Tag& tag, GenreFields& fields) {
  TagLib::StringList genres;
  for (const TagLib::ASF::Attribute& attribute : tag.attribute("WM/Genre")) {
    genres.append(attribute.toString());
  }
  fields.genres = values(genres);
  if (tag.contains(kScores)) fields.scores = utf8(tag.attribute(kScores).front().toString());
}

void write(TagLib::ASF::Tag& tag, const GenreFields& fields) {
  tag.removeItem("WM/Genre");
  tag.removeItem(kScores);
  for (const std::string& genre : fields.genres) {
    tag.addAttribute("WM/Genre", TagLib::ASF::Attribute(taglib(genre)));
  }
  if (!fields.scores.empty()) tag.setAttribute(kScores, TagLib::ASF::Attribute(taglib(fields.scores)));
}

void read(const TagLib::RIFF::Info::Tag& tag, GenreFields& fields) {
  if (std::string genre = utf8(tag.genre()); !genre.empty()) fields.genres.push_back(std::move(genre));
}

void write(TagLib::RIFF::Info::Tag& tag, const GenreFields& fields) {
  tag.setGenre(fields.genres.empty() ? TagLib::String() : taglib(fields.genres[0]));
}

/// A tag of an open file, whatever its kind.
struct AnyTag {
  std::string name;
  bool exists = false;
  TagLib::Tag* tag = nullptr;
  std::function<void(GenreFields&)> read_fields;
  std::function<void(const GenreFields&)> write_fields;
  // Through a TagLib::Tag there are only the texts that every kind of tag has.
  std::function<TagLib::PropertyMap()> texts;
  std::function<void(const TagLib::PropertyMap&)> set_texts;  ///< in place of all that it has
};

/// A file whose tags can be written.
struct TaggedFile {
  std::unique_ptr<TagLib::File> file;
  std::vector<AnyTag> tags;  ///< the container's own first
  std::function<bool()> save;

  // TagLib takes empty tags away when it saves, so that they count as absent.
  template <class Tag>
  void add_present(const char* name, bool is_there, Tag* tag) {
    if (is_there && !tag->isEmpty()) add(name, true, tag);
  }
  template <class Tag>
  void add_own(const char* name, bool is_there, Tag* tag) {
    add(name, is_there && !tag->isEmpty(), tag);
  }
  template <class Tag>
  void add(const char* name, bool exists, Tag* tag) {
    tags.push_back({name, exists, tag, [tag](GenreFields& fields) { read(*tag, fields); },
                    [tag](const GenreFields& fields) { write(*tag, fields); },
                    [tag] { return tag->properties(); },
                    [tag](const TagLib::PropertyMap& texts) {
                      tag->removeUnsupportedProperties(tag->properties().unsupportedData());
                      tag->setProperties(texts);
                    }});
  }
  template <class File>
  void add_id3v1(File& opened) {
    add_present("ID3v1", opened.hasID3v1Tag(), opened.ID3v1Tag());
  }
};

template <class File>
File& hold(TaggedFile& tagged, std::unique_ptr<File> file) {
  File& opened = *file;
  tagged.file = std::move(file);
  tagged.save = [&opened] { return opened.save(); };
  return opened;
}

template <class File>
void open_xiph(TaggedFile& tagged, const char* path) {
  File& file = hold(tagged, std::make_unique<File>(path, false));
  if (file.isValid()) tagged.add("Vorbis", true, file.tag());
}

/// TagLib forgets that the comment was the last of the metadata, as it is in FFmpeg's files; nobody would
/// find the audio behind it.
/// @source https://xiph.org/flac/ogg_mapping.html: the comment is the second packet.
void open_ogg_flac(TaggedFile& tagged, const char* path) {
  using File = TagLib::Ogg::FLAC::File;
  open_xiph<File>(tagged, path);
  tagged.save = [&file = static_cast<File&>(*tagged.file)] {
    constexpr unsigned kLast = 0x80;
    const TagLib::ByteVector before = file.packet(1);
    if (!file.save()) return false;
    TagLib::ByteVector comment = file.packet(1);
    if (before.isEmpty() || comment.isEmpty()) return false;
    comment[0] = static_cast<char>(static_cast<unsigned char>(comment[0]) |
                                   (static_cast<unsigned char>(before[0]) & kLast));
    file.setPacket(1, comment);
    return file.TagLib::Ogg::File::save();
  };
}

template <class File>
void open_ape(TaggedFile& tagged, const char* path) {
  File& file = hold(tagged, std::make_unique<File>(path, false));
  if (!file.isValid()) return;
  tagged.add_own("APE", file.hasAPETag(), file.APETag(true));
  tagged.add_id3v1(file);
}

void open_mpeg(TaggedFile& tagged, const char* path) {
  using File = TagLib::MPEG::File;
  File& file = hold(tagged, std::make_unique<File>(path, false));
  if (!file.isValid()) return;
  tagged.add_own("ID3v2", file.hasID3v2Tag(), file.ID3v2Tag(true));
  tagged.add_present("APE", file.hasAPETag(), file.APETag());
  tagged.add_id3v1(file);
  const int kinds = File::ID3v2 | (file.hasAPETag() ? File::APE : 0) | (file.hasID3v1Tag() ? File::ID3v1 : 0);
  tagged.save = [&file, kinds] {
    return file.save(kinds, TagLib::File::StripNone, TagLib::ID3v2::v4, TagLib::File::DoNotDuplicate);
  };
}

void open_flac(TaggedFile& tagged, const char* path) {
  auto& file = hold(tagged, std::make_unique<TagLib::FLAC::File>(path, false));
  if (!file.isValid()) return;
  tagged.add("Vorbis", true, file.xiphComment(true));  // the file is never without when it is saved
  tagged.add_present("ID3v2", file.hasID3v2Tag(), file.ID3v2Tag());
  tagged.add_id3v1(file);
}

void open_wav(TaggedFile& tagged, const char* path) {
  using File = TagLib::RIFF::WAV::File;
  File& file = hold(tagged, std::make_unique<File>(path, false));
  if (!file.isValid()) return;
  tagged.add_own("ID3v2", file.hasID3v2Tag(), file.ID3v2Tag());
  tagged.add_present("INFO", file.hasInfoTag(), file.InfoTag());
}

void open_aiff(TaggedFile& tagged, const char* path) {
  auto& file = hold(tagged, std::make_unique<TagLib::RIFF::AIFF::File>(path, false));
  if (file.isValid()) tagged.add_own("ID3v2", file.hasID3v2Tag(), file.tag());
}

void open_mp4(TaggedFile& tagged, const char* path) {
  auto& file = hold(tagged, std::make_unique<TagLib::MP4::File>(path, false));
  if (file.isValid() && file.tag() != nullptr) tagged.add("MP4", true, file.tag());
}

void open_asf(TaggedFile& tagged, const char* path) {
  auto& file = hold(tagged, std::make_unique<TagLib::ASF::File>(path, false));
  if (file.isValid() && file.tag() != nullptr) tagged.add("ASF", true, file.tag());
}

/// @throws FileError  not a container that is known here.
TaggedFile open_tagged(const fs::path& path) {
  quieten_taglib();
  struct Container {
    bool (*matches)(TagLib::IOStream*);
    void (*open)(TaggedFile&, const char*);
  };
  // FLAC's mark stands in all that carry FLAC; MPEG's is the weakest, and stands in other containers by
  // chance.
  static constexpr Container kContainers[] = {
      {TagLib::Ogg::Vorbis::File::isSupported, open_xiph<TagLib::Ogg::Vorbis::File>},
      {TagLib::Ogg::Opus::File::isSupported, open_xiph<TagLib::Ogg::Opus::File>},
      {TagLib::Ogg::Speex::File::isSupported, open_xiph<TagLib::Ogg::Speex::File>},
      {TagLib::Ogg::FLAC::File::isSupported, open_ogg_flac},
      {TagLib::MP4::File::isSupported, open_mp4},
      {TagLib::FLAC::File::isSupported, open_flac},
      {TagLib::ASF::File::isSupported, open_asf},
      {TagLib::RIFF::WAV::File::isSupported, open_wav},
      {TagLib::RIFF::AIFF::File::isSupported, open_aiff},
      {TagLib::APE::File::isSupported, open_ape<TagLib::APE::File>},
      {TagLib::WavPack::File::isSupported, open_ape<TagLib::WavPack::File>},
      {TagLib::MPC::File::isSupported, open_ape<TagLib::MPC::File>},
      {TagLib::MPEG::File::isSupported, open_mpeg},
  };
  TagLib::FileStream stream(path.c_str(), /*openReadOnly=*/true);
  if (!stream.isOpen()) throw FileError("cannot open " + printable(path.string()), path);
  TaggedFile tagged;
  for (const Container& container : kContainers) {
    stream.seek(0);
    if (!container.matches(&stream)) continue;
    container.open(tagged, path.c_str());
    if (!tagged.tags.empty()) return tagged;
    break;
  }
  throw FileError(
      printable(path.string()) +
          ": its tags cannot be written: it is damaged, or none of MP3, FLAC, Ogg, MP4, WAV, AIFF, "
          "Monkey's Audio, WavPack, Musepack and ASF",
      path);
}

std::vector<GenreFields> fields_of(const TaggedFile& tagged) {
  std::vector<GenreFields> list;
  for (const AnyTag& tag : tagged.tags) {
    GenreFields fields{.tag = tag.name, .exists = tag.exists, .genres = {}, .scores = {}};
    if (tag.exists) tag.read_fields(fields);
    list.push_back(std::move(fields));
  }
  return list;
}

/// Everything in a file's tags but genres and scores.
struct OtherTags {
  std::map<std::string, TagLib::PropertyMap> texts;         ///< by tag
  std::map<std::string, std::multiset<std::string>> parts;  ///< by tag; of the container itself under ""
};

OtherTags other_tags(const TaggedFile& tagged) {
  OtherTags others;
  for (const AnyTag& tag : tagged.tags) {
    if (!tag.exists) continue;
    TagLib::PropertyMap texts = tag.texts();
    texts.erase("GENRE");
    texts.erase(kScores);
    others.texts.emplace(tag.name, texts);  // an assignment would forget unsupportedData()
    others.parts[tag.name] = list_tag_parts(*tag.tag);
  }
  others.parts[""] = list_raw_parts(*tagged.file);
  return others;
}

/// Whether `after` has all that `before` has, but for tags that were to be taken away.
bool has_kept(const OtherTags& before, const OtherTags& after, const std::vector<GenreFields>& fields) {
  const auto is_kept = [&](const std::string& tag) {
    const auto own = std::ranges::find(fields, tag, &GenreFields::tag);
    return own == fields.end() || own->exists;
  };
  for (const auto& [tag, texts] : before.texts) {
    if (!is_kept(tag)) continue;
    const auto found = after.texts.find(tag);
    if (found == after.texts.end() ? !texts.isEmpty() : !found->second.contains(texts)) return false;
  }
  return std::ranges::all_of(before.parts, [&](const auto& entry) {
    const auto& [tag, parts] = entry;
    const auto found = after.parts.find(tag);
    return !is_kept(tag) ||
           (found == after.parts.end() ? parts.empty() : std::ranges::includes(found->second, parts));
  });
}

/// Names of what TagLib shows no text of, and what `after` lacks of it.
std::vector<std::string> lost_names(const OtherTags& before, const OtherTags& after) {
  const TagLib::String unknown = "UNKNOWN/";  // what TagLib puts before such a frame's name
  std::vector<std::string> lost;
  for (const auto& [tag, texts] : before.texts) {
    const auto found = after.texts.find(tag);
    for (const TagLib::String& name : texts.unsupportedData()) {
      const bool own = name.find(kScores) >= 0;
      const bool kept = found != after.texts.end() && found->second.unsupportedData().contains(name);
      if (!own && !kept)
        lost.push_back(tag + " " + utf8(name.startsWith(unknown) ? name.substr(unknown.size()) : name));
    }
  }
  return lost;
}

/// What a new tag takes from those that the file has, so that readers who prefer the new one miss nothing.
TagLib::PropertyMap older_tags(const TaggedFile& tagged) {
  TagLib::PropertyMap properties;
  for (const AnyTag& tag : tagged.tags) {
    if (!tag.exists) continue;
    for (const auto& [name, texts] : tag.texts()) {
      if (!properties.contains(name)) properties.insert(name, texts);
    }
  }
  properties.erase("GENRE");
  properties.erase(kScores);
  return properties;
}

void write_tag(const TaggedFile& tagged, const AnyTag& tag, const GenreFields& fields) {
  if (!fields.exists) {
    tag.set_texts({});
    tag.write_fields({});
    return;
  }
  if (!tag.exists) tag.set_texts(older_tags(tagged));
  tag.write_fields(fields);
}

}  // namespace

bool GenreFields::operator==(const GenreFields& other) const {
  const bool same_genres =
      tag == "ASF" ? std::ranges::is_permutation(genres, other.genres) : genres == other.genres;
  return tag == other.tag && exists == other.exists && same_genres && scores == other.scores;
}

std::vector<GenreFields> load_genre_fields(const fs::path& path) {
  return fields_of(open_tagged(path));
}

std::vector<std::string> save_genre_fields(const fs::path& path, const std::vector<GenreFields>& fields) {
  OtherTags before;
  {
    const TaggedFile tagged = open_tagged(path);
    before = other_tags(tagged);
    if (tagged.file->readOnly()) throw FileError("cannot write " + printable(path.string()), path);
    // A tag that the file lacks may be missing from `fields`, and the other way round.
    for (const AnyTag& tag : tagged.tags) {
      const auto own = std::ranges::find(fields, tag.name, &GenreFields::tag);
      if (own != fields.end()) write_tag(tagged, tag, *own);
    }
    if (!tagged.save())
      throw FileError("the tags of " + printable(path.string()) + " cannot be written", path);
  }
  const TaggedFile saved = open_tagged(path);
  const std::vector<GenreFields> written = fields_of(saved);
  for (const GenreFields& wanted : fields) {
    const auto found = std::ranges::find(written, wanted.tag, &GenreFields::tag);
    const bool there = found != written.end() && found->exists;
    if (there == wanted.exists && (!there || *found == wanted)) continue;
    throw FileError("the tags of " + printable(path.string()) + " do not read back as they were written",
                    path);
  }
  const OtherTags after = other_tags(saved);
  if (!has_kept(before, after, fields)) {
    throw FileError("writing genres to " + printable(path.string()) + " would lose other tags of it", path);
  }
  return lost_names(before, after);
}

}  // namespace gamut::tags
