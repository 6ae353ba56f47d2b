#include "gamut/tags/tags.h"

#include <fileref.h>
#include <tag.h>
#include <tdebuglistener.h>
#include <tpropertymap.h>

#include "gamut/core/text.h"

namespace gamut::tags {
namespace {

/// TagLib reports oddities on standard error unless told otherwise; libraries never print.
class Silence : public TagLib::DebugListener {
  void printMessage(const TagLib::String&) override {}
};

std::string utf8(const TagLib::String& text) {
  return std::string(trim(text.to8Bit(true)));
}

}  // namespace

Tags load_tags(const std::filesystem::path& path) {
  static Silence silence;
  static const bool silenced = (TagLib::setDebugListener(&silence), true);
  static_cast<void>(silenced);
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
