// What FFmpeg's own libraries take for a file: open it, read, decode on one thread, drop the frames. The peer
// of `decode_s` in `gamut bench extract`.
//
// Usage: gamut_ffmpeg_decode AUDIO [RUNS]; prints the wall and processor seconds of each run, a line a run.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    release(&handle);
  }
};
using Format = std::unique_ptr<AVFormatContext, Release<avformat_close_input>>;
using Codec = std::unique_ptr<AVCodecContext, Release<avcodec_free_context>>;
using Packet = std::unique_ptr<AVPacket, Release<av_packet_free>>;
using Frame = std::unique_ptr<AVFrame, Release<av_frame_free>>;

void check(bool good, const std::string& what) {
  if (!good) throw std::runtime_error(what);
}

/// @return samples a channel.
std::int64_t decode(const std::string& path) {
  AVFormatContext* opened = nullptr;
  check(avformat_open_input(&opened, path.c_str(), nullptr, nullptr) >= 0, "cannot open " + path);
  const Format format(opened);
  check(avformat_find_stream_info(format.get(), nullptr) >= 0, "cannot find the streams of " + path);
  const AVCodec* decoder = nullptr;
  const int stream = av_find_best_stream(format.get(), AVMEDIA_TYPE_AUDIO, -1, -1, &decoder, 0);
  check(stream >= 0, "no audio in " + path);
  const Codec codec(avcodec_alloc_context3(decoder));
  check(avcodec_parameters_to_context(codec.get(), format->streams[stream]->codecpar) >= 0, "no parameters");
  codec->thread_count = 1;
  check(avcodec_open2(codec.get(), decoder, nullptr) >= 0, "cannot decode " + path);

  const Packet packet(av_packet_alloc());
  const Frame frame(av_frame_alloc());
  std::int64_t n_samples = 0;
  const auto receive = [&] {
    while (avcodec_receive_frame(codec.get(), frame.get()) >= 0) n_samples += frame->nb_samples;
  };
  while (av_read_frame(format.get(), packet.get()) >= 0) {
    if (packet->stream_index == stream && avcodec_send_packet(codec.get(), packet.get()) >= 0) receive();
    av_packet_unref(packet.get());
  }
  avcodec_send_packet(codec.get(), nullptr);
  receive();
  return n_samples;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2 || argc > 3) {
    std::fputs("usage: gamut_ffmpeg_decode AUDIO [RUNS]\n", stderr);
    return 2;
  }
  const int runs = argc == 3 ? std::atoi(argv[2]) : 5;
  check(decode(argv[1]) > 0, "no samples");  // brings the file into the system's cache
  for (int run = 0; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t start_cpu = std::clock();
    decode(argv[1]);
    const double cpu_s = static_cast<double>(std::clock() - start_cpu) / CLOCKS_PER_SEC;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    std::printf("%.6f %.6f\n", wall.count(), cpu_s);
  }
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
