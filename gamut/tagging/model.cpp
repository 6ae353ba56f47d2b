#include "gamut/tagging/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/models/checkpoint.h"
#include "gamut/models/device.h"
#include "gamut/models/picture_input.h"
#include "gamut/tagging/model_networks.h"

namespace gamut::tagging {

namespace fs = std::filesystem;

using features::SongFeatures;

namespace {

/// Scores of pictures in their order, handed out picture by picture.
class ScoreRows {
 public:
  ScoreRows(std::vector<double> scores, std::size_t n_genres)
      : scores_(std::move(scores)), n_genres_(n_genres) {}

  std::span<const double> next() { return std::span(scores_).subspan(n_genres_ * row_++, n_genres_); }

 private:
  std::vector<double> scores_;
  std::size_t n_genres_;
  std::size_t row_ = 0;
};

Prediction predict_song(const ModelCard& card, const SongFeatures& song, Decision decision, ScoreRows& rows) {
  Prediction prediction{song.outcome, song.reason, song.duration_s, {}, {}};
  std::vector<double> sums(card.genres.size());
  for (std::size_t i = 0; i < song.pictures.size(); ++i) {
    const std::span<const double> scores = rows.next();
    std::transform(sums.begin(), sums.end(), scores.begin(), sums.begin(), std::plus());
  }
  for (std::size_t g = 0; g < sums.size() && !song.pictures.empty(); ++g) {
    prediction.genres.push_back(
        judge(card.genres[g], sums[g] / static_cast<double>(song.pictures.size()), decision));
  }
  for (const spectra::SegmentPicture& window : song.timeline) {
    const std::span<const double> scores = rows.next();
    prediction.timeline.push_back(
        {window.start_s, std::min(song.window_s, song.duration_s), {scores.begin(), scores.end()}});
  }
  return prediction;
}

std::vector<models::EnsembleMember> load_members(const fs::path& directory, const ModelCard& card) {
  std::vector<models::EnsembleMember> members;
  for (const std::string& file : card.network_files()) {
    models::EnsembleMember& member =
        members.emplace_back(models::load_checkpoint(directory / file).network,
                             std::vector<std::pair<std::size_t, std::int64_t>>());
    const std::string& architecture = member.network->architecture().name;
    if (architecture != card.architecture) {
      throw ModelError(fmt::format("{}: a {}, and model.json says {}", printable((directory / file).string()),
                                   architecture, printable(card.architecture)),
                       directory);
    }
    for (std::size_t g = 0; g < card.genres.size(); ++g) {
      if (card.genres[g].network == file) member.outputs.emplace_back(g, card.genres[g].output);
    }
  }
  return members;
}

void require_undamaged(const fs::path& directory, const ModelCard& card) {
  const std::vector<std::string> damage = find_damage(directory, card);
  if (damage.empty()) return;
  throw ModelError(fmt::format("{}: the model is damaged: {}; copy or export it again",
                               printable(directory.string()), join(damage, "; ")),
                   directory);
}

}  // namespace

Model::Model(const fs::path& directory, const ModelOptions& options) : card_(load_model_card(directory)) {
  if (options.verify) require_undamaged(directory, card_);
  networks_ = std::make_unique<const Networks>(Networks{models::Ensemble(
      load_members(directory, card_), card_.genres.size(), models::find_device(options.device))});
}

Model::~Model() = default;
Model::Model(Model&&) noexcept = default;

std::vector<Prediction> Model::predict(std::span<const SongFeatures> songs, Decision decision, int threads,
                                       const std::function<void()>& check) const {
  std::vector<std::uint8_t> pixels;
  std::size_t n_pictures = 0;
  for (const SongFeatures& song : songs) {
    if (song.outcome != Outcome::failed) require_front_end(card_, song.front_end);
    for (const auto* pictures : {&song.pictures, &song.timeline}) {
      for (const spectra::SegmentPicture& segment : *pictures) {
        pixels.insert(pixels.end(), segment.picture.indices.begin(), segment.picture.indices.end());
      }
      n_pictures += pictures->size();
    }
  }
  models::use_threads(threads);
  const models::PictureInput input(picture_view(card_, pixels), card_.input);
  if (input.rows() != n_pictures) {
    throw ParameterError(fmt::format("{} pictures, and pixels of {}", n_pictures, input.rows()));
  }
  ScoreRows rows(networks_->ensemble.compute_scores(input, n_pictures, check), card_.genres.size());
  std::vector<Prediction> predictions;
  for (const SongFeatures& song : songs) predictions.push_back(predict_song(card_, song, decision, rows));
  return predictions;
}

Prediction Model::predict(const fs::path& path, Decision decision) const {
  const SongFeatures features = features::SongFeatureMaker(card_.front_end).compute(path);
  if (features.outcome == Outcome::failed) throw DecodeError(features.reason, path);
  return predict(std::span(&features, 1), decision).front();
}

}  // namespace gamut::tagging
