#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/spectra/front_end.h"

namespace gamut::cli {

/// How long something took. Where `cpu_s` stays far behind `wall_s`, the machine was busy with other work.
struct Cost {
  double wall_s = 0;
  double cpu_s = 0;  ///< processor time of the whole process, all threads together
};

Cost operator+(Cost left, Cost right);
Cost operator-(Cost left, Cost right);

/// A step of the way from a file to its pictures.
struct StageCost {
  std::string stage;
  Cost cost;
};

/// One run over one file: each stage on its own, and the whole. The stages need not add up to the total:
/// decoding alone stores the signal at the file's own rate, which the whole way does not, and data that the
/// next stage finds in the processor's cache have to come from memory where it runs alone.
struct ExtractRun {
  /// In this order:
  /// decode    the file to one channel at its own rate;
  /// resample  each signal from there to the front ends' rate;
  /// stft      the power spectra that scales share;
  /// <scale>   what its frames of power take longer than the shared spectra, or take in all where it shares
  ///           none;
  /// pictures  what the pictures take longer than all those arrays: reduction, decibels, colours.
  /// The last two are differences; noise may bring them below 0 where they are tiny.
  std::vector<StageCost> stages;
  Cost total;  ///< what the song costs in `gamut extract`
};

struct FileBenchmark {
  std::filesystem::path file;
  double duration_s = 0;
  double sample_rate_hz = 0;  ///< of the file
  std::vector<ExtractRun> runs;
};

/// All files, each once or more, extracted side by side.
struct JobsBenchmark {
  int jobs = 1;
  std::size_t n_songs = 0;
  std::vector<Cost> runs;
};

/// Decodes every file and draws its pictures once, on one thread: it brings the files into the system's cache
/// before anything is timed, and is how much memory extraction takes.
///
/// @return largest resident set of this process so far, in bytes.
/// @throws DecodeError  a file that cannot be decoded.
std::size_t warm_up(std::span<const std::filesystem::path> files,
                    std::span<const spectra::FrontEnd> front_ends);

/// Lets this process hold on to memory that it frees, up to 1 GiB.
///
/// Otherwise a signal at the file's own rate comes on fresh pages in every run, which the kernel clears
/// first, and shorter ones do not: decoding alone, to which all else is compared, would look slower than it
/// is.
void keep_freed_memory();

/// Times one file on one thread, everything once a run, so that noise of the machine hits all stages.
///
/// @param front_ends  at least one; all for one sample_rate_hz and channels.
/// @throws DecodeError  the file cannot be decoded.
FileBenchmark benchmark_file(const std::filesystem::path& file, std::span<const spectra::FrontEnd> front_ends,
                             int n_runs);

/// Times all files with each number of jobs, one after the other in every run. The files are taken again and
/// again until every thread has four songs, so that no thread idles for long at the end.
///
/// @return one entry for each of `jobs`.
std::vector<JobsBenchmark> benchmark_jobs(std::span<const std::filesystem::path> files,
                                          std::span<const spectra::FrontEnd> front_ends,
                                          std::span<const int> jobs, int n_runs);

}  // namespace gamut::cli
