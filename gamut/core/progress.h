#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace gamut {

/// How much is said while work goes on.
enum class Verbosity { quiet, normal };
void set_verbosity(Verbosity verbosity);
Verbosity verbosity();

/// One line to standard error (nothing when quiet), which does not tear a progress bar.
void say(const std::string& message);
/// The same, said even when quiet: warnings and faults.
void warn(const std::string& message);

/// Progress of one stage on standard error: a bar on a terminal, a line every few seconds elsewhere, nothing
/// when quiet. Thread-safe.
class Progress {
 public:
  /// @param total  of the things that are counted.
  /// @param parts  of each thing, for what takes long: at least 1.
  explicit Progress(std::string label, std::size_t total, std::size_t parts = 1);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// @param parts  that are done now.
  /// @param note   what happens; shown while it does.
  void advance(std::size_t parts = 1, const std::string& note = {});

 private:
  void print(bool last);

  std::mutex mutex_;
  std::string label_;
  std::string note_;
  std::size_t total_;
  std::size_t parts_;     // of each
  std::size_t done_ = 0;  // parts
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point printed_;
};

}  // namespace gamut
