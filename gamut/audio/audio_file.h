#pragma once

#include <filesystem>

#include "gamut/audio/ffmpeg_handles.h"
#include "gamut/audio/ffmpeg_log.h"
#include "gamut/audio/file_input.h"

struct AVCodec;
struct AVStream;

namespace gamut::audio {

/// An opened audio file: its bytes, its demuxer and its best audio stream. All other streams are discarded.
class AudioFile {
 public:
  /// @throws DecodeError       what FileInput throws, read errors as well.
  /// @throws UndecodableError  not audio; no audio stream; no decoder for it.
  explicit AudioFile(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  const FileInput& input() const { return input_; }
  AVFormatContext& format() const { return *format_; }
  const AVStream& stream() const { return *stream_; }
  const AVCodec& codec() const { return *codec_; }
  FfmpegLog& log() { return log_; }

  /// True where FFmpeg's name of the container, a list such as "mov,mp4,m4a", has `name`.
  bool is_container(const char* name) const;
  /// True where nothing but cover art accompanies the audio.
  bool is_only_audio() const;

  /// Declared or estimated, in seconds; 0 where unknown.
  double duration_s() const;
  /// What the container declares for the audio, in seconds; 0 where it declares nothing or only an estimate
  /// was possible.
  double declared_duration_s() const;

 private:
  std::filesystem::path path_;
  FfmpegLog log_;
  FileInput input_;  // outlives format_, which reads from it
  InputFormat format_;
  AVStream* stream_ = nullptr;
  const AVCodec* codec_ = nullptr;
};

}  // namespace gamut::audio
