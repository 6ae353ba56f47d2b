#include "apps/server/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "gamut/core/text.h"

namespace gamut::server {
namespace {

constexpr std::array kBoundsS{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0};

std::string written_labels(const Metrics::Labels& labels) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : labels) {
    std::string quoted;
    for (const char c : value) {
      if (c == '\\' || c == '"') quoted += '\\';
      quoted += c == '\n' ? ' ' : c;
    }
    parts.push_back(name + "=\"" + quoted + "\"");
  }
  return join(parts, ",");
}

std::string line(const std::string& name, const std::string& labels, double value) {
  return name + (labels.empty() ? "" : "{" + labels + "}") + " " + format_number(value) + "\n";
}

std::string type_line(const std::string& name, const std::string& kind) {
  return "# TYPE " + name + " " + kind + "\n";
}

}  // namespace

void Metrics::count(const std::string& name, const Labels& labels, double by) {
  const std::lock_guard lock(mutex_);
  counters_[name][written_labels(labels)] += by;
}

void Metrics::observe_seconds(const std::string& name, const Labels& labels, double seconds) {
  const std::lock_guard lock(mutex_);
  Histogram& histogram = histograms_[name][written_labels(labels)];
  histogram.buckets.resize(kBoundsS.size() + 1);
  const auto bucket = std::ranges::lower_bound(kBoundsS, seconds) - kBoundsS.begin();
  ++histogram.buckets[static_cast<std::size_t>(bucket)];
  histogram.sum += seconds;
}

std::string Metrics::text(const std::vector<Reading>& readings) const {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const auto& [name, by_labels] : counters_) {
    text += type_line(name, "counter");
    for (const auto& [labels, value] : by_labels) text += line(name, labels, value);
  }
  for (const auto& [name, by_labels] : histograms_) {
    text += type_line(name, "histogram");
    for (const auto& [labels, histogram] : by_labels) {
      const std::string before = labels.empty() ? "" : labels + ",";
      double below = 0;
      for (std::size_t i = 0; i < kBoundsS.size(); ++i) {
        below += histogram.buckets[i];
        text += line(name + "_bucket", before + "le=\"" + format_number(kBoundsS[i]) + "\"", below);
      }
      below += histogram.buckets.back();
      text += line(name + "_bucket", before + "le=\"+Inf\"", below);
      text += line(name + "_sum", labels, histogram.sum);
      text += line(name + "_count", labels, below);
    }
  }
  for (const Reading& reading : readings) {
    text += type_line(reading.name, reading.kind) + line(reading.name, "", reading.value);
  }
  return text;
}

std::vector<Metrics::Reading> process_readings() {
  double pages = 0;
  double resident_pages = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident_pages;
  const auto descriptors = std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                                         std::filesystem::directory_iterator());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return {
      {"process_resident_memory_bytes", "gauge", resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE))},
      {"process_open_fds", "gauge", static_cast<double>(descriptors)},
      {"process_cpu_seconds_total", "counter", seconds(usage.ru_utime) + seconds(usage.ru_stime)}};
}

}  // namespace gamut::server
