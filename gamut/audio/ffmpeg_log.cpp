#include "gamut/audio/ffmpeg_log.h"

#include <array>
#include <cstdarg>
#include <mutex>

#include "gamut/core/text.h"

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
}

namespace gamut::audio {
namespace {

// A plain array, because the callback is called from C, through which no exception may pass.
thread_local std::array<char, 512> latest_complaint{};

void remember(void* context, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_ERROR) return;
  int print_prefix = 0;  // the prefix has addresses, which would differ from run to run
  av_log_format_line2(context, level, format, arguments, latest_complaint.data(), latest_complaint.size(),
                      &print_prefix);
}

}  // namespace

FfmpegLog::FfmpegLog() {
  static std::once_flag installed;
  std::call_once(installed, [] { av_log_set_callback(remember); });
  clear();
}

std::string FfmpegLog::explain(int status) const {
  std::string_view complaint = trim(latest_complaint.data());
  if (complaint.ends_with('.')) complaint.remove_suffix(1);
  if (!complaint.empty()) return printable(complaint);
  std::array<char, AV_ERROR_MAX_STRING_SIZE> name{};
  av_strerror(status, name.data(), name.size());
  return name.data();
}

void FfmpegLog::clear() {
  latest_complaint[0] = '\0';
}

}  // namespace gamut::audio
