#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace gamut::server {

/// Counters and histograms in Prometheus's text format. Thread-safe.
/// @source https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4
class Metrics {
 public:
  /// Names and values; the values may be any text.
  using Labels = std::vector<std::pair<std::string, std::string>>;

  /// Adds to a counter.
  void count(const std::string& name, const Labels& labels, double by = 1);

  /// Adds a duration to a histogram with buckets from 5 ms to 60 s.
  void observe_seconds(const std::string& name, const Labels& labels, double seconds);

  /// A line of `kind` "gauge" or "counter" whose value is known elsewhere.
  struct Reading {
    std::string name, kind;
    double value = 0;
  };

  /// Everything so far and `readings`, each name under a TYPE line of its own.
  std::string text(const std::vector<Reading>& readings) const;

 private:
  struct Histogram {
    std::vector<double> buckets;  // how many fell into each; the last: longer than all bounds
    double sum = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, double>> counters_;  // by name, then by written labels
  std::map<std::string, std::map<std::string, Histogram>> histograms_;
};

/// Memory, descriptors and processor time of this process, as Prometheus's own clients call them.
std::vector<Metrics::Reading> process_readings();

}  // namespace gamut::server
