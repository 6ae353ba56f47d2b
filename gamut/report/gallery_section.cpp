#include <fmt/format.h>

#include <algorithm>

#include "gamut/core/base64.h"
#include "gamut/core/files.h"
#include "gamut/report/best_networks.h"
#include "gamut/report/sections.h"

namespace gamut::report {
namespace {

std::string name_of(const Showpiece& song) {
  return song.title.empty() ? song.song : song.title;
}

/// The song's picture; none where the file is gone, too large, or no PNG.
Html picture(const RunFiles& files, const Showpiece& song) {
  const std::filesystem::path path = gallery_directory(files.directory) / song.picture;
  if (song.picture.empty() || !std::filesystem::is_regular_file(path)) return {};
  const std::string png = load_text(path);
  if (png.size() > kGalleryPictureBytes || !png.starts_with("\x89PNG")) return {};
  return void_element(
      "img", {{"src", "data:image/png;base64," + base64(png)}, {"alt", "Spectrogram of " + name_of(song)}});
}

/// A player that the page's script shows once the file has been found beside the page.
Html player(const RunFiles& files, const Showpiece& song, const std::filesystem::path& page_directory) {
  if (song.audio.empty()) return {};
  const std::filesystem::path file = std::filesystem::absolute(files.directory / song.audio);
  if (!std::filesystem::is_regular_file(file)) return {};
  const std::string link = relative_link(page_directory, file);
  if (link.empty()) return {};
  return element("audio",
                 {{"controls", ""},
                  {"hidden", ""},
                  {"preload", "none"},
                  {"data-src", link},
                  {"aria-label", "Play " + name_of(song)}},
                 {});
}

Html list(const RunFiles& files, const std::vector<Showpiece>& songs,
          const std::filesystem::path& page_directory) {
  Html items;
  for (const Showpiece& song : songs) {
    Html item = picture(files, song) + element("b", name_of(song));
    if (!song.artist.empty()) item += element("span", song.artist);
    item += element(
        "span", fmt::format("score {:.2f}, {} {}", song.score, song.has_genre ? "is" : "is not", song.genre));
    items += element("li", item + player(files, song, page_directory));
  }
  return element("ul", items);
}

Html half(const RunFiles& files, std::string_view title, std::string_view nothing,
          const std::vector<Showpiece>& songs, const std::filesystem::path& page_directory) {
  return element("div", element("h4", title) +
                            (songs.empty() ? element("p", nothing) : list(files, songs, page_directory)));
}

}  // namespace

Html make_gallery_section(const RunFiles& files, const std::filesystem::path& page_directory) {
  const std::optional<evaluation::ResultRow> best = best_networks(files.results);
  if (files.gallery.empty() || !best) return {};
  std::vector<std::string> genres;
  for (const Showpiece& song : files.gallery) {
    if (std::find(genres.begin(), genres.end(), song.genre) == genres.end()) genres.push_back(song.genre);
  }
  Html content = element(
      "p", fmt::format(
               "Test songs as {} with {} judged them on the scale {} ({}), the networks with the best macro "
               "F1. The score is the network\u2019s, from 0 to 1; above 0.5 the song is given the genre.",
               best->architecture, initialisation_title(best->initialisation), best->scale, best->strategy));
  for (const std::string& genre : genres) {
    std::vector<Showpiece> hits, misses;
    for (const Showpiece& song : files.gallery) {
      if (song.genre == genre) (song.is_hit ? hits : misses).push_back(song);
    }
    content +=
        element("h3", genre) +
        element("div", {{"class", "gallery"}},
                half(files, "Recognised most surely", "No test song of the genre was recognised.", hits,
                     page_directory) +
                    half(files, "Most wrong", "No test song was judged wrongly.", misses, page_directory));
  }
  return element("section", {{"aria-labelledby", "gallery"}},
                 element("h2", {{"id", "gallery"}}, text("Best and worst predictions")) + content);
}

}  // namespace gamut::report
