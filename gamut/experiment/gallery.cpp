#include "gamut/experiment/gallery.h"

#include <algorithm>

#include "gamut/core/files.h"
#include "gamut/core/png.h"
#include "gamut/evaluation/predictions.h"
#include "gamut/report/best_networks.h"
#include "gamut/report/gallery.h"

namespace gamut::experiment {
namespace {

constexpr int kLargest = 120;  // pixels a side
constexpr int kSmallest = 8;

/// At most `side` pixels high and wide; each is the mean of those it stands for.
spectra::Picture shrink(const spectra::Picture& picture, int side) {
  spectra::Picture small{.planes = picture.planes,
                         .height = std::min(side, picture.height),
                         .width = std::min(side, picture.width),
                         .indices = {}};
  for (int plane = 0; plane < small.planes; ++plane) {
    for (int y = 0; y < small.height; ++y) {
      const int top = y * picture.height / small.height, bottom = (y + 1) * picture.height / small.height;
      for (int x = 0; x < small.width; ++x) {
        const int left = x * picture.width / small.width, right = (x + 1) * picture.width / small.width;
        int sum = 0;
        for (int row = plane * picture.height + top; row < plane * picture.height + bottom; ++row) {
          for (int column = left; column < right; ++column) {
            sum += picture.indices[static_cast<std::size_t>(row * picture.width + column)];
          }
        }
        small.indices.push_back(static_cast<std::uint8_t>(sum / ((bottom - top) * (right - left))));
      }
    }
  }
  return small;
}

const PooledCombinations* find_combination(const std::vector<PooledCombinations>& pooled,
                                           const evaluation::ResultRow& row) {
  const auto found = std::find_if(pooled.begin(), pooled.end(), [&](const PooledCombinations& candidate) {
    const Combination& c = candidate.folds.front();
    return c.scale == row.scale && c.reduce == row.reduce && c.strategy == row.strategy &&
           c.architecture == row.architecture && c.initialisation == row.initialisation &&
           std::to_string(c.repeat) == row.repeat;
  });
  return found == pooled.end() ? nullptr : &*found;
}

}  // namespace

std::string make_thumbnail(const spectra::Picture& picture, spectra::ColourMap map, std::size_t most_bytes) {
  std::string png;
  for (int side = kLargest; side >= kSmallest; side = side * 5 / 6) {
    png = encode_png(spectra::paint(shrink(picture, side), map));
    if (png.size() <= most_bytes) break;
  }
  return png;
}

void write_gallery(const std::filesystem::path& run_directory, const ExperimentConfig& config,
                   const std::vector<Combination>& combinations, const Selection& selection,
                   const std::map<std::string, SongPictures>& pictures,
                   const std::vector<evaluation::ResultRow>& results) {
  const std::filesystem::path directory = report::gallery_directory(run_directory);
  std::filesystem::remove_all(directory);
  const std::optional<evaluation::ResultRow> best = report::best_networks(results);
  if (!best) return;
  const std::vector<PooledCombinations> pooled = pool_folds(combinations);
  const PooledCombinations* combination = find_combination(pooled, *best);
  if (combination == nullptr) return;
  const evaluation::Predictions predictions = evaluation::select_part(
      evaluation::load_predictions(run_directory / "predictions" / (combination->name() + ".csv")), "test");
  std::map<std::string, std::size_t> index_of_song;
  for (std::size_t i = 0; i < selection.songs.size(); ++i) index_of_song[selection.songs[i].name] = i;

  const SongPictures& of_set = pictures.at(combination->folds.front().set);
  const spectra::ColourMap map = spectra::parse_colour_map(config.training.colour_map);
  const std::filesystem::path from = std::filesystem::absolute(run_directory).lexically_normal();
  std::vector<report::Showpiece> showpieces = report::choose_showpieces(predictions);
  for (report::Showpiece& showpiece : showpieces) {
    const std::size_t index = index_of_song.at(showpiece.song);
    const catalogue::Song& song = selection.songs[index];
    showpiece.title = song.title;
    showpiece.artist = song.artist;
    showpiece.audio = song.path.lexically_relative(from).string();
    showpiece.picture = std::to_string(index) + ".png";
    if (std::filesystem::exists(directory / showpiece.picture)) continue;  // of another genre
    save_atomically(
        directory / showpiece.picture,
        make_thumbnail(of_set.store.picture(of_set.rows[index].front()), map, report::kGalleryPictureBytes));
  }
  report::save_gallery(run_directory, showpieces);
}

}  // namespace gamut::experiment
