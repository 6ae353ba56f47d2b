#include "gamut/tagging/predict_files.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gamut/core/interrupt.h"
#include "gamut/core/parallel.h"

namespace gamut::tagging {
namespace {

/// Songs that a job scores together: a network reads its weights once for all of them.
constexpr std::size_t kMostSongs = 8;

/// Takes batches in any order and hands their songs on in order.
class OrderedSink {
 public:
  OrderedSink(std::span<const Source> sources,
              const std::function<void(const Source&, const Prediction&)>& sink)
      : sources_(sources), sink_(sink) {}

  void add(std::size_t first_source, std::vector<Prediction> predictions) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(first_source, std::move(predictions));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      for (const Prediction& prediction : waiting_.begin()->second) sink_(sources_[next_++], prediction);
      waiting_.erase(waiting_.begin());
    }
  }

 private:
  std::span<const Source> sources_;
  const std::function<void(const Source&, const Prediction&)>& sink_;
  std::mutex mutex_;
  std::map<std::size_t, std::vector<Prediction>> waiting_;
  std::size_t next_ = 0;
};

/// What is wrong with standard input, which lies where nobody has put it.
std::string name_standard_input(std::string reason, const Source& source) {
  const std::string place = source.file.string();
  const std::size_t at = source.name == "-" ? reason.find(place) : std::string::npos;
  return at == std::string::npos ? reason : reason.replace(at, place.size(), "standard input");
}

}  // namespace

void predict_files(const Model& model, std::span<const Source> sources, const PredictFilesOptions& options,
                   const std::function<void(const Source&, const Prediction&)>& sink) {
  const features::SongFeatureMaker maker(model.card().front_end, options.timeline, options.max_duration_s);
  const auto jobs = static_cast<std::size_t>(std::max(1, options.jobs));
  // Small enough that every job has several turns, so that none waits long for the last.
  const std::size_t batch = std::clamp(sources.size() / (4 * jobs), std::size_t{1}, kMostSongs);
  const std::size_t n_batches = (sources.size() + batch - 1) / batch;
  const int threads = static_cast<int>(std::max<std::size_t>(1, jobs / std::max<std::size_t>(1, n_batches)));
  OrderedSink ordered(sources, sink);
  parallel_for(n_batches, options.jobs, [&](std::size_t index) {
    check_interrupted();
    std::vector<features::SongFeatures> songs;
    const std::size_t first = index * batch;
    for (const Source& source : sources.subspan(first, std::min(batch, sources.size() - first))) {
      songs.push_back(source.fault.empty() ? maker.compute(source.file) : features::SongFeatures{});
      songs.back().reason = name_standard_input(std::move(songs.back().reason), source);
      if (source.fault.empty()) continue;
      songs.back().outcome = Outcome::failed;
      songs.back().reason = source.fault;
    }
    ordered.add(first, model.predict(songs, options.decision, threads));
  });
}

}  // namespace gamut::tagging
