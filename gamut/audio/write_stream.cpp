#include "gamut/audio/write_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <new>
#include <string_view>

#include "gamut/audio/ffmpeg_handles.h"
#include "gamut/audio/ffmpeg_log.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/text.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/dict.h>
#include <libavutil/mem.h>
}

namespace gamut::audio {
namespace {

constexpr int kFrameSamples = 4096;  // for encoders that take any number

AVSampleFormat best_sample_format(const AVCodec& codec) {
  constexpr std::array kPreferred = {AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_FLT,  AV_SAMPLE_FMT_S16P,
                                     AV_SAMPLE_FMT_S16,  AV_SAMPLE_FMT_S32P, AV_SAMPLE_FMT_S32};
  for (AVSampleFormat wanted : kPreferred) {
    for (const AVSampleFormat* known = codec.sample_fmts; known != nullptr && *known != AV_SAMPLE_FMT_NONE;
         ++known) {
      if (*known == wanted) return wanted;
    }
  }
  throw ParameterError(fmt::format("the encoder '{}' takes neither floats nor 16 or 32 bits", codec.name));
}

/// Integers are rounded to nearest and clipped: the inverse of what decoding does.
template <class Sample>
Sample from_float(float value) {
  const double scaled =
      std::nearbyint(static_cast<double>(value) * -static_cast<double>(std::numeric_limits<Sample>::min()));
  return static_cast<Sample>(std::clamp(scaled, static_cast<double>(std::numeric_limits<Sample>::min()),
                                        static_cast<double>(std::numeric_limits<Sample>::max())));
}
template <>
float from_float<float>(float value) {
  return value;
}

template <class Sample>
void fill(AVFrame& frame, const std::vector<std::span<const float>>& channels, std::size_t offset,
          bool planar) {
  for (std::size_t c = 0; c < channels.size(); ++c) {
    const std::size_t stride = planar ? 1 : channels.size();
    Sample* to = reinterpret_cast<Sample*>(frame.extended_data[planar ? c : 0]) + (planar ? 0 : c);
    const std::span<const float> from =
        channels[c].subspan(offset, static_cast<std::size_t>(frame.nb_samples));
    for (std::size_t i = 0; i < from.size(); ++i) to[i * stride] = from_float<Sample>(from[i]);
  }
}

class StreamWriter {
 public:
  StreamWriter(const std::filesystem::path& path, const StreamToWrite& job) : path_(path), job_(job) {
    open_encoder();
    open_muxer();
  }

  std::string write() {
    AVDictionary* options = nullptr;
    for (const auto& [key, value] : job_.muxer_options) av_dict_set(&options, key.c_str(), value.c_str(), 0);
    const int status = avformat_write_header(format_.get(), &options);
    av_dict_free(&options);
    check(status);

    const std::size_t n_samples = job_.channels.front().size();
    const int frame_samples = encoder_->frame_size > 0 ? encoder_->frame_size : kFrameSamples;
    for (std::size_t offset = 0; offset < n_samples; offset += static_cast<std::size_t>(frame_samples)) {
      encode(offset, static_cast<int>(
                         std::min<std::size_t>(n_samples - offset, static_cast<std::size_t>(frame_samples))));
    }
    check(avcodec_send_frame(encoder_.get(), nullptr));
    write_packets();
    check(av_write_trailer(format_.get()));
    check(format_->pb->error);
    return take_bytes();
  }

 private:
  void check(int status) const {
    if (status >= 0) return;
    throw FileError(fmt::format("cannot encode '{}' as {} in {}: {}", printable(path_.string()), job_.encoder,
                                job_.container, log_.explain(status)),
                    path_);
  }

  void open_encoder() {
    const AVCodec* codec = avcodec_find_encoder_by_name(job_.encoder.c_str());
    if (codec == nullptr) {
      throw ParameterError(
          fmt::format("this FFmpeg has no encoder '{}'; install one that has", job_.encoder));
    }
    encoder_.reset(avcodec_alloc_context3(codec));
    if (!encoder_) throw std::bad_alloc();
    encoder_->thread_count = 1;
    encoder_->flags |= AV_CODEC_FLAG_BITEXACT;
    encoder_->sample_rate = job_.sample_rate_hz;
    encoder_->time_base = {1, job_.sample_rate_hz};
    encoder_->sample_fmt = best_sample_format(*codec);
    encoder_->bit_rate = job_.bit_rate_bps;
    av_channel_layout_default(&encoder_->ch_layout, static_cast<int>(job_.channels.size()));

    format_.reset(avformat_alloc_context());
    if (!format_) throw std::bad_alloc();
    format_->oformat = av_guess_format(job_.container.c_str(), nullptr, nullptr);
    if (format_->oformat == nullptr) {
      throw ParameterError(
          fmt::format("this FFmpeg cannot write '{}'; install one that can", job_.container));
    }
    if ((format_->oformat->flags & AVFMT_GLOBALHEADER) != 0) encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    const int status = avcodec_open2(encoder_.get(), codec, nullptr);
    if (status < 0) {
      throw ParameterError(fmt::format("the encoder '{}' refuses {} Hz with {} channel(s) at {} bit/s: {}",
                                       job_.encoder, job_.sample_rate_hz, job_.channels.size(),
                                       job_.bit_rate_bps, log_.explain(status)));
    }
  }

  // The file is made in memory, where muxers can go back to complete their headers, and then written in one
  // go.
  void open_muxer() {
    check(avio_open_dyn_buf(&format_->pb));
    format_->flags |= AVFMT_FLAG_BITEXACT;
    for (const auto& [key, value] : job_.tags) av_dict_set(&format_->metadata, key.c_str(), value.c_str(), 0);
    stream_ = avformat_new_stream(format_.get(), nullptr);
    if (stream_ == nullptr) throw std::bad_alloc();
    stream_->time_base = encoder_->time_base;
    check(avcodec_parameters_from_context(stream_->codecpar, encoder_.get()));
  }

  void encode(std::size_t offset, int n_samples) {
    const Frame frame = make_frame();
    frame->nb_samples = n_samples;
    frame->format = encoder_->sample_fmt;
    frame->sample_rate = encoder_->sample_rate;
    frame->pts = static_cast<std::int64_t>(offset);
    check(av_channel_layout_copy(&frame->ch_layout, &encoder_->ch_layout));
    check(av_frame_get_buffer(frame.get(), 0));
    const bool planar = av_sample_fmt_is_planar(encoder_->sample_fmt) != 0;
    switch (av_get_packed_sample_fmt(encoder_->sample_fmt)) {
      case AV_SAMPLE_FMT_S16:
        fill<std::int16_t>(*frame, job_.channels, offset, planar);
        break;
      case AV_SAMPLE_FMT_S32:
        fill<std::int32_t>(*frame, job_.channels, offset, planar);
        break;
      default:
        fill<float>(*frame, job_.channels, offset, planar);
    }
    check(avcodec_send_frame(encoder_.get(), frame.get()));
    write_packets();
  }

  void write_packets() {
    for (;;) {
      const int status = avcodec_receive_packet(encoder_.get(), packet_.get());
      if (status == AVERROR(EAGAIN) || status == AVERROR_EOF) return;
      check(status);
      packet_->stream_index = stream_->index;
      av_packet_rescale_ts(packet_.get(), encoder_->time_base, stream_->time_base);
      check(av_interleaved_write_frame(format_.get(), packet_.get()));
    }
  }

  std::string take_bytes() {
    std::uint8_t* bytes = nullptr;
    const int size = avio_close_dyn_buf(format_->pb, &bytes);
    format_->pb = nullptr;
    std::string result(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    av_free(bytes);
    return result;
  }

  const std::filesystem::path& path_;
  const StreamToWrite& job_;
  FfmpegLog log_;
  CodecContext encoder_;
  OutputFormat format_;
  AVStream* stream_ = nullptr;
  Packet packet_ = make_packet();
};

}  // namespace

void write_stream(const std::filesystem::path& path, const StreamToWrite& stream) {
  save_atomically(path, StreamWriter(path, stream).write());
}

}  // namespace gamut::audio
