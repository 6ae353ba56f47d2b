#include "gamut/audio/ffmpeg_handles.h"

#include <cstdint>
#include <new>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace gamut::audio {

void FfmpegDeleter::operator()(AVCodecContext* context) const {
  avcodec_free_context(&context);
}
void FfmpegDeleter::operator()(AVFrame* frame) const {
  av_frame_free(&frame);
}
void FfmpegDeleter::operator()(AVPacket* packet) const {
  av_packet_free(&packet);
}

void FfmpegDeleter::operator()(AVIOContext* io) const {
  av_freep(&io->buffer);
  avio_context_free(&io);
}

void InputCloser::operator()(AVFormatContext* context) const {
  avformat_close_input(&context);
}

void OutputCloser::operator()(AVFormatContext* context) const {
  if (context->pb != nullptr) {
    std::uint8_t* bytes = nullptr;
    avio_close_dyn_buf(context->pb, &bytes);
    av_free(bytes);
  }
  avformat_free_context(context);
}

Frame make_frame() {
  Frame frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

Packet make_packet() {
  Packet packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

}  // namespace gamut::audio
