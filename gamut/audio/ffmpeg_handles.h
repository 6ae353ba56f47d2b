#pragma once

// Private to the room: owners of FFmpeg's objects. Nothing in this room frees an FFmpeg object by hand.
//
// Note [decoding]
// ~~~~~~~~~~~~~~~
// A file passes through four machines, and each of them ends, fails and trims in its own way.
//
//     FileInput -> demuxer -> decoder -> ChannelMixer -> Resampler
//      bytes      packets     frames     float32       float32 at the wanted rate
//
// * Bytes come from our own FileInput, never from an FFmpeg protocol. A file name is thus never read as a URL
// or a
//   pattern, and a playlist that calls itself music can open nothing else: the protocol whitelist matches no
//   protocol.
// * Packets are read until the demuxer says end of file. Any other status ends the reading for good, since
// demuxers exist that
//   repeat an error for ever. A packet without bytes is skipped: a decoder would take it for the end of the
//   stream.
// * One packet gives no frame, one, or many, and a frame may come out only after later packets went in. So
// the decoder is
//   emptied after each packet, and once more at the end by sending nothing. A packet that it refuses is
//   counted and decoding goes on, because the rest of the song is worth having; the outcome is then
//   `partial`.
// * Encoder delay and padding are cut by libavcodec itself, from the skip-samples side data that the demuxer
// reads from
//   LAME headers, edit lists and granule positions (AV_CODEC_FLAG2_SKIP_MANUAL stays unset). Frames that were
//   trimmed to nothing do not come out at all.
// * Frames are mixed down and resampled as they come, so memory is bounded by the result's length and not by
//   what a hostile file unpacks to. soxr gives the same samples for a signal in pieces and in one go.
// * At the end come the questions whether that was all: Note [truncated-audio],
// docs/notes/truncated-audio.md.

#include <memory>

struct AVCodecContext;
struct AVDictionary;
struct AVFormatContext;
struct AVFrame;
struct AVIOContext;
struct AVPacket;

namespace gamut::audio {

struct FfmpegDeleter {
  void operator()(AVCodecContext* context) const;
  void operator()(AVFrame* frame) const;
  void operator()(AVPacket* packet) const;
  void operator()(AVIOContext* io) const;  ///< of avio_alloc_context: the buffer too
};

/// Closes what avformat_open_input opened; the AVIOContext stays with its own owner.
struct InputCloser {
  void operator()(AVFormatContext* context) const;
};

/// Frees a muxer's context and the memory that avio_open_dyn_buf opened for it.
struct OutputCloser {
  void operator()(AVFormatContext* context) const;
};

using CodecContext = std::unique_ptr<AVCodecContext, FfmpegDeleter>;
using Frame = std::unique_ptr<AVFrame, FfmpegDeleter>;
using Packet = std::unique_ptr<AVPacket, FfmpegDeleter>;
using IoContext = std::unique_ptr<AVIOContext, FfmpegDeleter>;
using InputFormat = std::unique_ptr<AVFormatContext, InputCloser>;
using OutputFormat = std::unique_ptr<AVFormatContext, OutputCloser>;

/// @throws std::bad_alloc
Frame make_frame();
Packet make_packet();

}  // namespace gamut::audio
