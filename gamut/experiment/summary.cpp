#include "gamut/experiment/summary.h"

#include <algorithm>

#include "gamut/core/base64.h"
#include "gamut/core/json.h"
#include "gamut/core/libraries.h"
#include "gamut/core/png.h"
#include "gamut/core/version.h"
#include "gamut/spectra/colour_map.h"

namespace gamut::experiment {
namespace {

using catalogue::Part;

/// The song shown: the first test song with the most genres.
std::size_t example_song(const SummaryInput& input) {
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < input.selection.songs.size(); ++i) {
    const std::size_t genres = input.selection.songs[i].genres.size();
    if (input.splits.front().parts[i] == Part::test && genres > most) {
      best = i;
      most = genres;
    }
  }
  return best;
}

Json make_examples(const SummaryInput& input) {
  Json examples = Json::array();
  const std::size_t index = example_song(input);
  const catalogue::Song& song = input.selection.songs[index];
  for (const spectra::FrontEndOptions& front_end : input.config.front_ends()) {
    const std::string set = spectra::picture_set_name(front_end);
    const SongPictures& pictures = input.pictures.at(set);
    const spectra::Picture picture = pictures.store.picture(pictures.rows[index].front());
    const spectra::ColourMap map = spectra::parse_colour_map(input.config.training.colour_map);
    examples.push_back({{"song", song.name},
                        {"title", song.title},
                        {"scale", front_end.scale},
                        {"reduce", to_string(front_end.reduce)},
                        {"set", set},
                        {"png", base64(encode_png(spectra::paint(picture, map)))}});
  }
  return examples;
}

std::vector<std::string> make_notes(const SummaryInput& input, const catalogue::SplitAudit& audit) {
  std::vector<std::string> notes;
  if (audit.test_songs_with_album_mates > 0) {
    notes.push_back(
        std::to_string(audit.test_songs_with_album_mates) +
        " test songs have songs of the same album in training or validation, so the scores may show that "
        "albums were recognised, not genres.");
  }
  if (input.splits.size() > 1) {
    const auto count = [](int n, const std::string& what) {
      return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
    };
    notes.push_back(count(input.config.folds, "fold") + " and " + count(input.config.repeats, "repeat") +
                    ": the predictions of the folds were pooled before they were scored; the table of the "
                    "split shows the first of " +
                    std::to_string(input.splits.size()) + ".");
  }
  if (input.selection.partial_left_out > 0) {
    notes.push_back(
        std::to_string(input.selection.partial_left_out) +
        " songs whose audio is cut short were left out ([data] include_partial = true takes them in).");
  }
  for (const std::string& failure : input.failed_cells) notes.push_back("Not trained: " + failure);
  return notes;
}

}  // namespace

Json make_summary(const SummaryInput& input) {
  const catalogue::SplitAudit audit =
      catalogue::audit_split(input.selection.songs, input.selection.labels, input.splits.front().parts);
  Json table1 = Json::array();
  for (const catalogue::GenreCount& count : input.genre_counts) {
    table1.push_back({{"genre", count.genre}, {"songs", count.songs}, {"albums", count.albums}});
  }
  Json split_audit = to_json(audit);
  split_audit["group_by"] = to_string(input.config.split.group_by);
  const Selection& selection = input.selection;
  return {
      {"name", input.config.name},
      {"created_with", {{"gamut", version()}, {"libraries", libraries()}}},
      {"cost", describe_cost(input.clock, input.pictures)},
      {"songs",
       {{"catalogue", selection.in_catalogue},
        {"labelled", selection.labelled},
        {"used", selection.songs.size()},
        {"outside_genres", selection.outside_genres},
        {"partial_left_out", selection.partial_left_out},
        {"failed", selection.failed}}},
      {"table1", table1},
      {"genres", selection.labels.genres},
      {"split_audit", split_audit},
      {"examples", make_examples(input)},
      {"notes", make_notes(input, audit)},
      {"cells", {{"total", input.cells}, {"trained", input.trained}, {"failed", input.failed_cells.size()}}}};
}

}  // namespace gamut::experiment
