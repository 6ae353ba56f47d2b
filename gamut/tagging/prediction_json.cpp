#include "gamut/tagging/prediction_json.h"

#include <algorithm>

#include "gamut/core/json.h"

namespace gamut::tagging {

std::vector<GenreScore> best_first(const Prediction& prediction) {
  std::vector<GenreScore> genres = prediction.genres;
  std::stable_sort(genres.begin(), genres.end(),
                   [](const GenreScore& a, const GenreScore& b) { return a.score > b.score; });
  return genres;
}

Json to_json(const Prediction& prediction, std::size_t top) {
  Json json = {{"outcome", to_string(prediction.outcome)}};
  if (!prediction.reason.empty()) json["reason"] = prediction.reason;
  json.update({{"duration_s", prediction.duration_s},
               {"genres", Json::array()},
               {"scores", Json::object()},
               {"probabilities", Json::object()}});
  std::vector<GenreScore> genres = best_first(prediction);
  for (const GenreScore& genre : genres) {
    if (genre.given) json["genres"].push_back(genre.genre);
  }
  genres.resize(std::min(genres.size(), top));
  for (const GenreScore& genre : genres) {
    json["scores"][genre.genre] = genre.score;
    json["probabilities"][genre.genre] = genre.probability;
  }
  for (const Prediction::Window& window : prediction.timeline) {
    Json scores = Json::object();
    for (std::size_t g = 0; g < window.scores.size(); ++g) {
      scores[prediction.genres[g].genre] = window.scores[g];
    }
    json["timeline"].push_back(
        {{"start_s", window.start_s}, {"length_s", window.length_s}, {"scores", std::move(scores)}});
  }
  return json;
}

Json describe_model(const ModelCard& card) {
  Json genres = Json::array();
  for (const GenreCard& genre : card.genres) {
    genres.push_back({{"genre", genre.name},
                      {"threshold", genre.threshold.value},
                      {"prior_trained", genre.prior.trained},
                      {"prior_real", genre.prior.real}});
  }
  return describe_card(card, std::move(genres));
}

}  // namespace gamut::tagging
