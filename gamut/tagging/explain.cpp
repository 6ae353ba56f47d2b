#include <algorithm>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/text.h"
#include "gamut/models/grad_cam.h"
#include "gamut/models/picture_input.h"
#include "gamut/tagging/model.h"
#include "gamut/tagging/model_networks.h"

namespace gamut::tagging {
namespace {

std::size_t find_genre(const ModelCard& card, const std::string& genre) {
  std::vector<std::string> known;
  for (std::size_t g = 0; g < card.genres.size(); ++g) {
    if (card.genres[g].name == genre) return g;
    known.push_back(card.genres[g].name);
  }
  throw ParameterError("the model does not know the genre `" + printable(genre) + "`; it knows " +
                       join_words(known));
}

/// Networks see low frequencies at the bottom, pictures have them in row 0.
std::vector<float> turn_over(const std::vector<float>& image, int width) {
  std::vector<float> turned;
  for (auto row = image.end(); row != image.begin();) {
    row -= width;
    turned.insert(turned.end(), row, row + width);
  }
  return turned;
}

}  // namespace

Explanation Model::explain(const features::SongFeatures& song, const std::string& genre,
                           Decision decision) const {
  const std::size_t column = find_genre(card_, genre);
  if (song.outcome == Outcome::failed) throw DecodeError(song.reason);
  require_front_end(card_, song.front_end);

  std::vector<std::uint8_t> pixels;
  for (const spectra::SegmentPicture& segment : song.pictures) {
    pixels.insert(pixels.end(), segment.picture.indices.begin(), segment.picture.indices.end());
  }
  const models::PictureInput input(picture_view(card_, pixels), card_.input);
  const models::Ensemble& ensemble = networks_->ensemble;
  const std::size_t n_pictures = song.pictures.size();
  const std::vector<double> scores = ensemble.compute_scores(input, n_pictures);
  std::vector<double> of_genre;
  for (std::size_t i = 0; i < n_pictures; ++i) of_genre.push_back(scores[i * card_.genres.size() + column]);
  const auto best =
      static_cast<std::size_t>(std::max_element(of_genre.begin(), of_genre.end()) - of_genre.begin());

  Explanation explanation;
  const double mean =
      std::accumulate(of_genre.begin(), of_genre.end(), 0.0) / static_cast<double>(n_pictures);
  explanation.genre = judge(card_.genres[column], mean, decision);
  explanation.picture = song.pictures.at(best);
  explanation.length_s = std::min(card_.front_end.segment_s.value_or(song.duration_s), song.duration_s);
  for (const models::EnsembleMember& member : ensemble.members()) {
    for (const auto& [of_column, logit] : member.outputs) {
      if (of_column != column) continue;
      const torch::Tensor picture = input.compute(std::span(&best, 1)).to(ensemble.device());
      const spectra::Picture& shown = explanation.picture.picture;
      explanation.heat = turn_over(
          models::compute_grad_cam(member.network, picture, logit, shown.height, shown.width), shown.width);
      const torch::NoGradGuard no_grad;
      models::Network network = member.network;
      const torch::Tensor embedding = network->embed(picture).to(torch::kCPU).contiguous();
      explanation.embedding.assign(embedding.data_ptr<float>(),
                                   embedding.data_ptr<float>() + embedding.numel());
    }
  }
  return explanation;
}

}  // namespace gamut::tagging
