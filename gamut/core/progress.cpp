#include "gamut/core/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>

namespace gamut {
namespace {

using Clock = std::chrono::steady_clock;

std::atomic<Verbosity> current_verbosity{Verbosity::normal};
// One lock for standard error, and whether a bar stands on the current line of the terminal.
std::mutex terminal_mutex;
bool bar_shown = false;

void write_line(const std::string& message) {
  const std::lock_guard lock(terminal_mutex);
  if (bar_shown) std::fputs("\r\x1b[K", stderr);
  bar_shown = false;
  std::fputs((message + "\n").c_str(), stderr);
}

std::string time_text(double seconds) {
  const int whole = static_cast<int>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

void set_verbosity(Verbosity verbosity) {
  current_verbosity = verbosity;
}
Verbosity verbosity() {
  return current_verbosity;
}

void say(const std::string& message) {
  if (verbosity() != Verbosity::quiet) write_line(message);
}

void warn(const std::string& message) {
  write_line(message);
}

Progress::Progress(std::string label, std::size_t total, std::size_t parts)
    : label_(std::move(label)), total_(total), parts_(parts), start_(Clock::now()), printed_(start_) {}

Progress::~Progress() {
  const std::lock_guard lock(mutex_);
  if (total_ > 0) print(true);
}

void Progress::advance(std::size_t parts, const std::string& note) {
  const std::lock_guard lock(mutex_);
  done_ += parts;
  note_ = note;
  const auto interval =
      ::isatty(STDERR_FILENO) != 0 ? std::chrono::milliseconds(100) : std::chrono::milliseconds(5000);
  if (Clock::now() - printed_ < interval) return;
  printed_ = Clock::now();
  print(false);
}

void Progress::print(bool last) {
  if (verbosity() == Verbosity::quiet) return;
  const double elapsed = std::chrono::duration<double>(Clock::now() - start_).count();
  const std::size_t all = total_ * parts_;
  const std::size_t done = std::min(done_, all);
  std::string line = fmt::format("{}: {} of {}", label_, done / parts_, total_);
  if (last) {
    line += " in " + time_text(elapsed);
  } else if (done > 0) {
    line += ", " + time_text(elapsed / static_cast<double>(done) * static_cast<double>(all - done)) + " left";
  }
  if (!last && !note_.empty()) line += "  " + note_;
  if (last || ::isatty(STDERR_FILENO) == 0) {
    write_line(line);
    return;
  }
  constexpr std::size_t kWidth = 24;
  const std::size_t filled = all == 0 ? 0 : done * kWidth / all;
  const std::lock_guard lock(terminal_mutex);
  std::fputs(("\r\x1b[K" + std::string(filled, '#') + std::string(kWidth - filled, '.') + " " + line).c_str(),
             stderr);
  std::fflush(stderr);
  bar_shown = true;
}

}  // namespace gamut
