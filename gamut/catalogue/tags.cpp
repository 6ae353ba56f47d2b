#include "gamut/catalogue/tags.h"

#include <fileref.h>
#include <tag.h>
#include <tdebuglistener.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

/// Of every container that FFmpeg decodes and music libraries hold.
constexpr std::array<std::string_view, 26> kExtensions = {
    ".aac",  ".aif", ".aifc", ".aiff", ".alac", ".ape",  ".au",  ".dsf", ".flac",
    ".m4a",  ".m4b", ".mka",  ".mp2",  ".mp3",  ".mp4",  ".mpc", ".oga", ".ogg",
    ".opus", ".snd", ".spx",  ".tta",  ".wav",  ".wave", ".wma", ".wv"};

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
  return {utf8(file.tag()->artist()), utf8(file.tag()->album()), utf8(file.tag()->title())};
}

bool is_audio_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& letter : extension) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

}  // namespace gamut::catalogue
