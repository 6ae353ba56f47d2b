#include "gamut/tags/tags.h"

#include <fileref.h>
#include <tag.h>
#include <tpropertymap.h>

#include "gamut/core/text.h"
#include "gamut/tags/quiet_taglib.h"

namespace gamut::tags {
namespace {

std::string utf8(const TagLib::String& text) {
  return std::string(trim(text.to8Bit(true)));
}

}  // namespace

Tags load_tags(const std::filesystem::path& path) {
  quieten_taglib();
  const TagLib::FileRef file(path.c_str(), /*readAudioProperties=*/false);
  if (file.isNull() || file.tag() == nullptr) return {};
  Tags tags{utf8(file.tag()->artist()), utf8(file.tag()->album()), utf8(file.tag()->title()), {}};
  const TagLib::PropertyMap properties = file.file()->properties();
  if (const auto genres = properties.find("GENRE"); genres != properties.end()) {
    for (const TagLib::String& genre : genres->second) {
      if (std::string text = utf8(genre); !text.empty()) tags.genres.push_back(std::move(text));
    }
  }
  return tags;
}

}  // namespace gamut::tags
