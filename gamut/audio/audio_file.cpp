#include "gamut/audio/audio_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <span>

#include "gamut/audio/wav_header.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avstring.h>
#include <libavutil/mem.h>
}

namespace gamut::audio {
namespace {

std::span<AVStream*> streams_of(const AVFormatContext& format) {
  return {format.streams, format.nb_streams};
}

bool is_cover_art(const AVStream& stream) {
  return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}

double stream_seconds(const AVStream& stream, double otherwise) {
  if (stream.duration == AV_NOPTS_VALUE || stream.duration <= 0) return otherwise;
  return static_cast<double>(stream.duration) * av_q2d(stream.time_base);
}

}  // namespace

AudioFile::AudioFile(const std::filesystem::path& path) : path_(path), input_(path) {
  AVFormatContext* format = avformat_alloc_context();
  if (format == nullptr) throw std::bad_alloc();
  format->pb = input_.io();
  format->protocol_whitelist = av_strdup("none");  // matches no protocol, see Note [decoding]
  int status = avformat_open_input(&format, path.c_str(), nullptr, nullptr);  // frees `format` when it fails
  if (status < 0) {
    input_.require_no_read_error();
    refuse(path, fmt::format("it is no audio that FFmpeg can read, or it is damaged (FFmpeg says: {}); check "
                             "that it plays, or "
                             "convert it to FLAC, MP3 or M4A",
                             log_.explain(status)));
  }
  format_.reset(format);

  for (AVStream* stream : streams_of(*format)) {
    if (stream->codecpar->codec_type != AVMEDIA_TYPE_AUDIO) stream->discard = AVDISCARD_ALL;
  }
  status = avformat_find_stream_info(format, nullptr);
  input_.require_no_read_error();
  if (status < 0) {
    refuse(path, fmt::format("its streams cannot be read ({}); the file is damaged", log_.explain(status)));
  }

  int index = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, &codec_, 0);
  if (index == AVERROR_DECODER_NOT_FOUND) {
    index = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    refuse(path,
           fmt::format("this FFmpeg has no decoder for its audio ('{}'); convert it to FLAC, MP3 or M4A",
                       avcodec_get_name(format->streams[index]->codecpar->codec_id)));
  }
  if (index < 0) refuse(path, "it has no audio stream; give an audio file");
  for (AVStream* stream : streams_of(*format)) stream->discard = AVDISCARD_ALL;
  stream_ = format->streams[index];
  stream_->discard = AVDISCARD_DEFAULT;
}

bool AudioFile::is_container(const char* name) const {
  return av_match_name(name, format_->iformat->name) != 0;
}

bool AudioFile::is_only_audio() const {
  return std::ranges::all_of(streams_of(*format_), [&](const AVStream* stream) {
    return stream == stream_ || is_cover_art(*stream);
  });
}

double AudioFile::duration_s() const {
  const double whole_s = format_->duration > 0 ? static_cast<double>(format_->duration) / AV_TIME_BASE : 0.0;
  return stream_seconds(*stream_, whole_s);
}

double AudioFile::declared_duration_s() const {
  const AVCodecParameters& parameters = *stream_->codecpar;
  const double pcm_bytes_per_s = av_get_exact_bits_per_sample(parameters.codec_id) / 8.0 *
                                 parameters.ch_layout.nb_channels * parameters.sample_rate;
  if (is_container("wav") && pcm_bytes_per_s > 0) {
    const std::int64_t bytes = wav_declared_bytes(input_);
    if (bytes > 0) return static_cast<double>(bytes) / pcm_bytes_per_s;
  }
  if (format_->duration_estimation_method != AVFMT_DURATION_FROM_STREAM) return 0;
  // Ogg declares no duration; FFmpeg reads it from the last page that is there.
  if (is_container("ogg")) return 0;
  // Where the container has one duration for all, FFmpeg gives it to each stream, and a video's may be the
  // longer.
  if (!is_only_audio() && !is_container("mov")) return 0;
  return duration_s();
}

}  // namespace gamut::audio
