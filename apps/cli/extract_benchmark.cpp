#include "apps/cli/extract_benchmark.h"

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <ctime>

#include "gamut/audio/decode.h"
#include "gamut/audio/resample.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"
#include "gamut/spectra/scale.h"
#include "gamut/spectra/segments.h"

namespace gamut::cli {
namespace {

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

template <class Work>
Cost measure(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  const double start_cpu_s = processor_seconds();
  work();
  const double cpu_s = processor_seconds() - start_cpu_s;
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), cpu_s};
}

audio::Recording decode_for(const std::filesystem::path& file, const spectra::FrontEndOptions& options) {
  return audio::decode(file, {.sample_rate_hz = options.sample_rate_hz, .channels = options.channels});
}

void extract(const std::filesystem::path& file, std::span<const spectra::FrontEnd> front_ends) {
  const audio::Recording recording = decode_for(file, front_ends.front().options());
  compute_pictures(front_ends, recording.signals);
}

/// Calls `work` with every stretch of signal that becomes a plane of a picture.
template <class Work>
void for_each_part(const spectra::FrontEndOptions& options, const audio::Recording& recording,
                   const Work& work) {
  for (const std::vector<float>& signal : recording.signals) {
    for (const spectra::Segment& segment : spectra::cut_segments(options, signal.size())) {
      work(std::span(signal).subspan(segment.first, segment.length));
    }
  }
}

const spectra::FrameSink kNoSink = [](std::size_t, std::span<const float>) {};

ExtractRun run_once(const std::filesystem::path& file, std::span<const spectra::FrontEnd> front_ends) {
  const spectra::FrontEndOptions& options = front_ends.front().options();
  ExtractRun run;
  const auto add_stage = [&run](const std::string& stage, Cost cost) { run.stages.push_back({stage, cost}); };

  audio::Recording at_own_rate;
  add_stage("decode", measure([&] { at_own_rate = audio::decode(file, {.sample_rate_hz = 0}); }));
  audio::Recording recording;
  run.total = measure([&] { recording = decode_for(file, options); });
  const Cost pictures = measure([&] { compute_pictures(front_ends, recording.signals); });
  run.total = run.total + pictures;
  add_stage("resample", measure([&] {
              for (std::size_t i = 0; i < recording.signals.size(); ++i) {
                audio::resample(at_own_rate.signal(), at_own_rate.sample_rate_hz, recording.sample_rate_hz);
              }
            }));

  Cost stft;
  const auto spectral = std::find_if(
      front_ends.begin(), front_ends.end(),
      [](const spectra::FrontEnd& front_end) { return front_end.scale().as_spectrum_scale() != nullptr; });
  if (spectral != front_ends.end()) {
    stft = measure([&] {
      for_each_part(spectral->options(), recording, [&](std::span<const float> part) {
        spectral->scale().as_spectrum_scale()->stft().stream_power(part, kNoSink);
      });
    });
  }
  add_stage("stft", stft);
  Cost arrays = stft;
  for (const spectra::FrontEnd& front_end : front_ends) {
    Cost cost = measure([&] {
      for_each_part(front_end.options(), recording,
                    [&](std::span<const float> part) { front_end.scale().stream_power(part, kNoSink); });
    });
    if (front_end.scale().as_spectrum_scale() != nullptr) cost = cost - stft;
    add_stage(front_end.options().scale, cost);
    arrays = arrays + cost;
  }
  add_stage("pictures", pictures - arrays);
  return run;
}

}  // namespace

Cost operator+(Cost left, Cost right) {
  return {left.wall_s + right.wall_s, left.cpu_s + right.cpu_s};
}

Cost operator-(Cost left, Cost right) {
  return {left.wall_s - right.wall_s, left.cpu_s - right.cpu_s};
}

std::size_t warm_up(std::span<const std::filesystem::path> files,
                    std::span<const spectra::FrontEnd> front_ends) {
  for (const std::filesystem::path& file : files) extract(file, front_ends);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

FileBenchmark benchmark_file(const std::filesystem::path& file, std::span<const spectra::FrontEnd> front_ends,
                             int n_runs) {
  FileBenchmark benchmark{.file = file, .duration_s = 0, .sample_rate_hz = 0, .runs = {}};
  {
    const audio::Recording recording = audio::decode(file, {.sample_rate_hz = 0});
    benchmark.duration_s = recording.duration_s;
    benchmark.sample_rate_hz = recording.sample_rate_hz;
  }  // its memory is there for the runs
  for (int run = 0; run < n_runs; ++run) {
    check_interrupted();
    benchmark.runs.push_back(run_once(file, front_ends));
  }
  return benchmark;
}

std::vector<JobsBenchmark> benchmark_jobs(std::span<const std::filesystem::path> files,
                                          std::span<const spectra::FrontEnd> front_ends,
                                          std::span<const int> jobs, int n_runs) {
  std::vector<JobsBenchmark> benchmarks;
  if (jobs.empty()) return benchmarks;
  const auto most_jobs = static_cast<std::size_t>(*std::max_element(jobs.begin(), jobs.end()));
  const std::size_t rounds = (4 * most_jobs + files.size() - 1) / files.size();
  const std::size_t n_songs = rounds * files.size();
  for (const int n : jobs) benchmarks.push_back({n, n_songs, {}});
  for (int run = 0; run < n_runs; ++run) {
    for (JobsBenchmark& benchmark : benchmarks) {
      benchmark.runs.push_back(measure([&] {
        parallel_for(n_songs, benchmark.jobs, [&](std::size_t i) {
          check_interrupted();
          extract(files[i % files.size()], front_ends);
        });
      }));
    }
  }
  return benchmarks;
}

}  // namespace gamut::cli
