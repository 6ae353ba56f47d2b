#include "gamut/audio/packet_hash.h"

#include <span>

#include "gamut/audio/audio_file.h"
#include "gamut/core/hash.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace gamut::audio {

std::string hash_packets(const std::filesystem::path& path) {
  const AudioFile file(path);
  const AVCodecParameters& parameters = *file.stream().codecpar;
  Sha256 hash;
  const auto add = [&](const std::uint8_t* data, int size) {
    if (size > 0) hash.update(std::as_bytes(std::span(data, static_cast<std::size_t>(size))));
  };
  // Containers with a header for the decoder keep it outside of the packets.
  const bool has_tags_in_header = file.is_container("ogg") || file.is_container("flac");
  if (!has_tags_in_header) add(parameters.extradata, parameters.extradata_size);
  const Packet packet = make_packet();
  while (av_read_frame(&file.format(), packet.get()) >= 0) {
    if (packet->stream_index == file.stream().index) add(packet->data, packet->size);
    av_packet_unref(packet.get());
  }
  file.input().require_no_read_error();
  return hash.finish();
}

}  // namespace gamut::audio
