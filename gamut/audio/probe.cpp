#include "gamut/audio/probe.h"

#include "gamut/audio/audio_file.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace gamut::audio {

FileInfo probe(const std::filesystem::path& path) {
  const AudioFile file(path);
  const AVCodecParameters& parameters = *file.stream().codecpar;
  return {.container = file.format().iformat->name,
          .codec = avcodec_get_name(parameters.codec_id),
          .sample_rate_hz = static_cast<double>(parameters.sample_rate),
          .channels = parameters.ch_layout.nb_channels,
          .duration_s = file.duration_s()};
}

}  // namespace gamut::audio
