#include "gamut/audio/decode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>

#include "gamut/audio/audio_file.h"
#include "gamut/audio/channel_mixer.h"
#include "gamut/audio/end_mark.h"
#include "gamut/audio/mpeg_frame.h"
#include "gamut/audio/resample.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace gamut::audio {
namespace {

constexpr double kLowestRateHz = 1000;
constexpr double kHighestRateHz = 768000;
/// Far beyond any mix of music (7.1.4 has 12); memory for a frame grows with them.
constexpr int kMostChannels = 64;
constexpr std::size_t kBlockSamples = 1 << 15;
/// Minutes of audio: no format has longer frames, only damaged files do.
constexpr int kMaxFrameSamples = 1 << 24;
/// After so many packets in a row without a sample a file is given up, whatever it claims to have yet.
constexpr int kMaxBarrenPackets = 10000;

/// One pass over one file; see Note [decoding].
class Decoding {
 public:
  Decoding(AudioFile& file, const DecodeOptions& options) : file_(file), options_(options) {
    if (options.channels == Channels::stereo) {
      lanes_.emplace_back(Channels::left);
      lanes_.emplace_back(Channels::right);
    } else {
      lanes_.emplace_back(options.channels);
    }
    if (options.channels != Channels::mono && options.listener != nullptr) {
      lanes_.emplace_back(Channels::mono).is_heard_only = true;
    }
    refuse_longer_than_limit(file.declared_duration_s());
    refuse_more_channels_than_limit(file.stream().codecpar->ch_layout.nb_channels);
    decoder_.reset(avcodec_alloc_context3(&file.codec()));
    if (!decoder_) throw std::bad_alloc();
    decoder_->thread_count = 1;
    decoder_->max_samples = kMaxFrameSamples;
    decoder_->pkt_timebase = file.stream().time_base;
    // FFmpeg checks FLAC's checksums only on demand. Those of MP3 are wrong in too many sound files to ask
    // for them.
    if (file.codec().id == AV_CODEC_ID_FLAC) decoder_->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
    int status = avcodec_parameters_to_context(decoder_.get(), file.stream().codecpar);
    if (status >= 0) status = avcodec_open2(decoder_.get(), &file.codec(), nullptr);
    if (status < 0) {
      refuse(file.path(), fmt::format("its '{}' audio cannot be decoded ({}); the file is damaged",
                                      file.codec().name, file.log().explain(status)));
    }
  }

  Recording run() {
    read_packets();
    if (n_samples_ == 0) refuse_without_samples();
    Recording recording;
    for (Lane& lane : lanes_) {
      flush(lane);
      if (!lane.is_heard_only) recording.signals.push_back(lane.resampler->finish());
    }
    recording.sample_rate_hz = result_rate_hz();
    recording.duration_s = seconds();
    recording.levels = meter_.levels();
    recording.declared_duration_s = file_.declared_duration_s();
    recording.reason = shortcoming();
    file_.input().require_no_read_error();
    recording.outcome = recording.reason.empty() ? Outcome::ok : Outcome::partial;
    return recording;
  }

 private:
  /// The way of one signal from decoded frames to samples at the rate asked for.
  struct Lane {
    ChannelMixer mixer;
    bool is_mono;
    bool is_heard_only = false;  ///< no signal of the result
    std::optional<Resampler> resampler = std::nullopt;
    std::vector<float> block = {};  ///< mixed, not yet resampled

    explicit Lane(Channels channels) : mixer(channels), is_mono(channels == Channels::mono) {}
  };

  void flush(Lane& lane) {
    if (!lane.is_heard_only) lane.resampler->push(lane.block);
    if (lane.is_mono && options_.listener != nullptr) options_.listener->hear(lane.block, rate_hz_);
    lane.block.clear();
  }

  double seconds() const { return rate_hz_ > 0 ? static_cast<double>(n_samples_) / rate_hz_ : 0; }
  double result_rate_hz() const { return options_.sample_rate_hz > 0 ? options_.sample_rate_hz : rate_hz_; }

  void read_packets() {
    AVFormatContext& format = file_.format();
    int n_barren = 0;
    while (stopped_.empty()) {
      file_.log().clear();
      const int status = av_read_frame(&format, packet_.get());
      file_.input().require_no_read_error();
      if (status == AVERROR_EOF) break;
      if (status < 0) {
        stopped_ = fmt::format("the file cannot be read further ({})", file_.log().explain(status));
        break;
      }
      if (packet_->stream_index == file_.stream().index) {
        const std::int64_t before = n_samples_;
        if (packet_->size > 0) decode_packet();
        n_barren = n_samples_ > before ? 0 : n_barren + 1;
      }
      av_packet_unref(packet_.get());
      if (n_barren == kMaxBarrenPackets) {
        stopped_ = fmt::format("{} packets in a row had no audio", n_barren);
      }
    }
    if (stopped_.empty()) drain();
  }

  void decode_packet() {
    const AVCodecID codec = file_.codec().id;
    // The data of a WAV file may end with a part of a sample.
    const int block_align = std::max(1, file_.stream().codecpar->block_align);
    foreign_ = av_get_exact_bits_per_sample(codec) > 0 && packet_->size % block_align != 0;
    if (codec == AV_CODEC_ID_MP3 || codec == AV_CODEC_ID_MP2 || codec == AV_CODEC_ID_MP1) {
      const std::optional<int> size =
          mpeg_frame_bytes({packet_->data, static_cast<std::size_t>(packet_->size)});
      foreign_ = !size;
      if (size) cut_frame_ = packet_->size < *size;
    }
    const int status = avcodec_send_packet(decoder_.get(), packet_.get());
    if (status < 0) note_bad_packet(status);
    receive_frames();
  }

  void drain() {
    avcodec_send_packet(decoder_.get(), nullptr);
    receive_frames();
  }

  void receive_frames() {
    while (stopped_.empty()) {
      const int status = avcodec_receive_frame(decoder_.get(), frame_.get());
      if (status == AVERROR(EAGAIN) || status == AVERROR_EOF) return;
      if (status < 0) return note_bad_packet(status);
      take(*frame_);
    }
  }

  void note_bad_packet(int status) {
    if (foreign_) return;
    if (n_bad_packets_++ > 0) return;
    first_bad_ = fmt::format("at {:.2f} s ({})", seconds(), file_.log().explain(status));
  }

  void take(const AVFrame& frame) {
    if (frame.nb_samples <= 0 || frame.ch_layout.nb_channels <= 0) return;
    refuse_more_channels_than_limit(frame.ch_layout.nb_channels);
    if (rate_hz_ == 0) {
      start(frame.sample_rate);
    } else if (frame.sample_rate != rate_hz_) {
      stopped_ = fmt::format("the sampling rate changes from {} to {} Hz", rate_hz_, frame.sample_rate);
      return;
    }
    note_time_stamp(frame.pts);
    for (Lane& lane : lanes_) {
      if (lane.mixer.append(frame, lane.block)) continue;
      refuse(file_.path(),
             fmt::format("a sample near {:.2f} s is not a finite number; the file is damaged, make it anew",
                         seconds()));
    }
    if (options_.with_levels) meter_.add(frame);
    n_samples_ += frame.nb_samples;
    refuse_longer_than_limit(seconds());
    for (Lane& lane : lanes_) {
      if (lane.block.size() >= kBlockSamples) flush(lane);
    }
  }

  void start(int rate_hz) {
    if (rate_hz < kLowestRateHz || rate_hz > kHighestRateHz) {
      refuse(file_.path(), fmt::format("its sampling rate is {} Hz, but must be from {} to {} Hz", rate_hz,
                                       kLowestRateHz, kHighestRateHz));
    }
    rate_hz_ = rate_hz;
    // An estimate of the duration may be wild, and a declared one a lie: the file's size keeps the
    // reservation sane.
    const double likely_s = std::min(
        {file_.duration_s(), options_.max_duration_s, static_cast<double>(file_.input().size_bytes()) / 500});
    for (Lane& lane : lanes_) {
      if (lane.is_heard_only) continue;
      lane.resampler.emplace(rate_hz_, result_rate_hz());
      lane.resampler->reserve(static_cast<std::size_t>(likely_s * rate_hz_));
    }
  }

  /// Time stamps that run ahead of the samples betray audio that was lost between two packets.
  void note_time_stamp(std::int64_t pts) {
    if (pts == AV_NOPTS_VALUE) return;
    const double lead_s = static_cast<double>(pts) * av_q2d(file_.stream().time_base) - seconds();
    if (!first_lead_s_) first_lead_s_ = lead_s;
    last_lead_s_ = lead_s;
  }

  void refuse_more_channels_than_limit(int n_channels) const {
    if (n_channels <= kMostChannels) return;
    refuse(file_.path(), fmt::format("it has {} channels, but at most {} are accepted; mix them down first",
                                     n_channels, kMostChannels));
  }

  void refuse_longer_than_limit(double duration_s) const {
    if (duration_s <= options_.max_duration_s) return;
    throw TooLongError(fmt::format("cannot decode '{}': it lasts {:.0f} s or more, but at most {} s are "
                                   "accepted; cut it, or raise the limit on the duration",
                                   printable(file_.path().string()), duration_s, options_.max_duration_s),
                       file_.path());
  }

  [[noreturn]] void refuse_without_samples() const {
    std::string why = "it has no samples";
    if (n_bad_packets_ > 0) why = "none of its audio can be decoded, " + first_bad_;
    if (!stopped_.empty()) why = "it has no audio that can be read: " + stopped_;
    refuse(file_.path(), why + "; the file is damaged or was never finished, make or download it anew");
  }

  /// Why this is not the whole song; empty where it is.
  std::string shortcoming() const {
    const double declared_s = file_.declared_duration_s();
    const std::string got =
        is_short(seconds(), declared_s)
            ? fmt::format("only {:.2f} s of {:.2f} s were decoded: ", seconds(), declared_s)
            : fmt::format("{:.2f} s were decoded: ", seconds());
    if (!stopped_.empty()) return got + stopped_;
    if (n_bad_packets_ > 0) {
      return got + fmt::format("{} packet{} cannot be decoded, {}{}", n_bad_packets_,
                               n_bad_packets_ > 1 ? "s" : "", n_bad_packets_ > 1 ? "the first " : "",
                               first_bad_);
    }
    if (std::string missing = missing_end_mark(file_, seconds() + last_lead_s_); !missing.empty())
      return got + missing;
    if (is_short(seconds(), declared_s)) return got + "the file ends early";
    const double hole_s = first_lead_s_ ? last_lead_s_ - *first_lead_s_ : 0;
    if (is_short(seconds(), seconds() + hole_s))
      return got + fmt::format("{:.2f} s are missing on the way", hole_s);
    if (cut_frame_) return got + "the file ends inside an MPEG audio frame";
    return "";
  }

  AudioFile& file_;
  const DecodeOptions& options_;
  CodecContext decoder_;
  Packet packet_ = make_packet();
  Frame frame_ = make_frame();

  int rate_hz_ = 0;  // of the file; 0 before the first frame
  std::vector<Lane> lanes_;
  LevelMeter meter_;
  std::int64_t n_samples_ = 0;

  std::string stopped_;  // why reading ended before the end
  int n_bad_packets_ = 0;
  std::string first_bad_;
  // The latest packet is no audio: MP3 files have tags before, between and after their frames.
  bool foreign_ = false;
  bool cut_frame_ = false;  // the latest MPEG audio frame is shorter than its header says
  std::optional<double> first_lead_s_;
  double last_lead_s_ = 0;
};

}  // namespace

void validate(const DecodeOptions& options) {
  const double rate_hz = options.sample_rate_hz;
  if (rate_hz != 0 && !(rate_hz >= kLowestRateHz && rate_hz <= kHighestRateHz)) {
    throw ParameterError(
        fmt::format("sample_rate_hz is {}, but must be 0 (the file's own) or from {} to {} Hz", rate_hz,
                    kLowestRateHz, kHighestRateHz));
  }
  if (!(options.max_duration_s > 0) || !std::isfinite(options.max_duration_s)) {
    throw ParameterError(
        fmt::format("max_duration_s is {}, but must be finite and above 0 s", options.max_duration_s));
  }
}

Recording decode(const std::filesystem::path& path, const DecodeOptions& options) {
  validate(options);
  AudioFile file(path);
  return Decoding(file, options).run();
}

}  // namespace gamut::audio
