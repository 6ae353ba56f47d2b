#include "gamut/report/gallery.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gamut/core/error.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"

namespace gamut::report {
namespace {

constexpr double kThreshold = 0.5;

struct Candidate {
  std::size_t song = 0;
  double rank = 0;  ///< higher is shown first
};

std::vector<Candidate> highest(std::vector<Candidate> candidates, std::size_t count) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.rank > b.rank; });
  candidates.resize(std::min(count, candidates.size()));
  return candidates;
}

/// Whether a song's picture is a plain file name, so that a hostile gallery.json reaches no other folder.
bool is_file_name(const std::string& name) {
  return name.empty() || (std::filesystem::path(name).filename() == name && name != "." && name != "..");
}

}  // namespace

std::vector<Showpiece> choose_showpieces(const evaluation::Predictions& predictions, std::size_t count) {
  std::vector<Showpiece> showpieces;
  const std::size_t n_genres = predictions.genres.size();
  for (std::size_t g = 0; g < n_genres; ++g) {
    std::vector<Candidate> hits, misses;
    for (std::size_t i = 0; i < predictions.size(); ++i) {
      const bool has_genre = predictions.labels[i * n_genres + g] == 1;
      const double score = predictions.scores[i * n_genres + g];
      const bool given = score > kThreshold;
      if (has_genre && given) hits.push_back({i, score});
      if (has_genre != given) misses.push_back({i, std::abs(score - (has_genre ? 1.0 : 0.0))});
    }
    for (const bool is_hit : {true, false}) {
      for (const Candidate& chosen : highest(is_hit ? hits : misses, count)) {
        Showpiece showpiece;
        showpiece.genre = predictions.genres[g];
        showpiece.is_hit = is_hit;
        showpiece.has_genre = predictions.labels[chosen.song * n_genres + g] == 1;
        showpiece.score = predictions.scores[chosen.song * n_genres + g];
        showpiece.song = predictions.songs[chosen.song];
        showpieces.push_back(std::move(showpiece));
      }
    }
  }
  return showpieces;
}

std::filesystem::path gallery_directory(const std::filesystem::path& run_directory) {
  return run_directory / "gallery";
}

void save_gallery(const std::filesystem::path& run_directory, const std::vector<Showpiece>& showpieces) {
  Json list = Json::array();
  for (const Showpiece& s : showpieces) {
    list.push_back({{"genre", s.genre},
                    {"is_hit", s.is_hit},
                    {"has_genre", s.has_genre},
                    {"score", s.score},
                    {"song", s.song},
                    {"title", s.title},
                    {"artist", s.artist},
                    {"picture", s.picture},
                    {"audio", s.audio}});
  }
  save_json(gallery_directory(run_directory) / "gallery.json", {{"songs", list}});
}

std::vector<Showpiece> load_gallery(const std::filesystem::path& run_directory) {
  const std::filesystem::path path = gallery_directory(run_directory) / "gallery.json";
  std::vector<Showpiece> showpieces;
  if (!std::filesystem::exists(path)) return showpieces;
  const Json json = load_json(path);
  try {
    for (const Json& song : json.at("songs")) {
      Showpiece s;
      song.at("genre").get_to(s.genre);
      song.at("is_hit").get_to(s.is_hit);
      song.at("has_genre").get_to(s.has_genre);
      song.at("score").get_to(s.score);
      song.at("song").get_to(s.song);
      song.at("title").get_to(s.title);
      song.at("artist").get_to(s.artist);
      song.at("picture").get_to(s.picture);
      song.at("audio").get_to(s.audio);
      if (!is_file_name(s.picture)) {
        throw FileError(fmt::format("{}: the picture {} is not a file name; run the experiment again to have "
                                    "it rewritten",
                                    printable(path.string()), printable(s.picture)),
                        path);
      }
      showpieces.push_back(std::move(s));
    }
  } catch (const Json::exception& error) {
    throw FileError(printable(path.string()) + " is not a gallery (" + error.what() +
                        "); run the experiment again to have it rewritten",
                    path);
  }
  return showpieces;
}

std::string relative_link(const std::filesystem::path& page_directory, const std::filesystem::path& file) {
  const std::filesystem::path from = (page_directory / "").lexically_normal();
  const std::filesystem::path way = file.lexically_normal().lexically_relative(from);
  if (way.empty() || way.is_absolute()) return "";
  const auto ups = std::count(way.begin(), way.end(), std::filesystem::path(".."));
  const std::filesystem::path folders = from.relative_path().parent_path();
  if (from.is_absolute() && ups > 0 && ups >= std::distance(folders.begin(), folders.end())) return "";
  std::string link;
  for (const char c : way.generic_string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    link += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return link;
}

}  // namespace gamut::report
