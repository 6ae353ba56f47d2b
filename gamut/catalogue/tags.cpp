#include "gamut/catalogue/tags.h"

#include <fileref.h>
#include <id3v1genres.h>
#include <tag.h>
#include <tdebuglistener.h>
#include <tpropertymap.h>

#include <algorithm>
#include <array>
#include <charconv>
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
  Tags tags{utf8(file.tag()->artist()), utf8(file.tag()->album()), utf8(file.tag()->title()), {}};
  const TagLib::PropertyMap properties = file.file()->properties();
  if (const auto genres = properties.find("GENRE"); genres != properties.end()) {
    for (const TagLib::String& genre : genres->second) {
      if (std::string text = utf8(genre); !text.empty()) tags.genres.push_back(std::move(text));
    }
  }
  return tags;
}

std::string id3_genre(std::string_view reference) {
  if (reference == "RX") return "Remix";
  if (reference == "CR") return "Cover";
  int number = 0;
  const char* const end = reference.data() + reference.size();
  const auto [last, failure] = std::from_chars(reference.data(), end, number);
  if (failure != std::errc{} || last != end || number < 0) return {};
  return utf8(TagLib::ID3v1::genre(number));
}

bool is_audio_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& letter : extension) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

}  // namespace gamut::catalogue
