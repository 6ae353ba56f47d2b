#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gamut/core/json.h"
#include "gamut/report/html_table.h"
#include "gamut/report/sections.h"

namespace gamut::report {
namespace {

constexpr const char* kParts[] = {"train", "validation", "test"};

std::int64_t count(const Json& object, const char* key) {
  return object.value(key, std::int64_t{0});
}

std::string number_of(std::int64_t n, const char* singular, const char* plural) {
  return fmt::format("{} {}", n, n == 1 ? singular : plural);
}

Html number_cell(std::string_view content) {
  return element("td", {{"class", "number"}}, text(content));
}

Html header_cell(std::string_view name, bool numeric) {
  return element("th",
                 numeric ? Attributes{{"scope", "col"}, {"class", "number"}} : Attributes{{"scope", "col"}},
                 text(name));
}

Html bar_cell(double share) {
  return element("td", {{"class", "bar"}, {"aria-hidden", "true"}},
                 element("i", {{"style", fmt::format("--share: {:.1f}%", 100 * share)}}, {}));
}

Html genre_row(const Json& row, const Json* split, std::int64_t largest) {
  const std::int64_t songs = row.at("songs").get<std::int64_t>();
  Html cells =
      element("th", {{"scope", "row"}}, text(row.at("genre").get<std::string>())) +
      number_cell(std::to_string(songs)) +
      bar_cell(static_cast<double>(songs) / static_cast<double>(std::max<std::int64_t>(largest, 1))) +
      number_cell(std::to_string(count(row, "albums")));
  for (const char* part : kParts)
    cells += number_cell(split == nullptr ? "" : std::to_string(count(*split, part)));
  return element("tr", split == nullptr ? Attributes{{"class", "unused"}} : Attributes{}, cells);
}

Html genre_table(const Json& summary) {
  const Json audit = summary.value("split_audit", Json::object());
  std::map<std::string, Json> split_rows;
  for (const Json& row : audit.value("rows", Json::array())) {
    split_rows.emplace(row.at("genre").get<std::string>(), row);
  }
  const Json table1 = summary.value("table1", Json::array());
  std::int64_t largest = 0;
  for (const Json& row : table1) largest = std::max(largest, row.at("songs").get<std::int64_t>());

  Html rows;
  bool all_used = true;
  for (const Json& row : table1) {
    const auto split = split_rows.find(row.at("genre").get<std::string>());
    all_used = all_used && split != split_rows.end();
    rows += genre_row(row, split == split_rows.end() ? nullptr : &split->second, largest);
  }
  const Html head = header_cell("Genre", false) + header_cell("Songs", true) +
                    element("td", {{"class", "bar"}, {"aria-hidden", "true"}}, {}) +
                    header_cell("Albums", true) + header_cell("Train", true) +
                    header_cell("Validation", true) + header_cell("Test", true);
  const std::string caption =
      std::string(" Songs per genre in the catalogue, and how the experiment\u2019s songs were split.") +
      (all_used ? "" : " Genres in grey are not part of the experiment.") +
      " A song may count in several genres.";
  return element(
      "div", {{"class", "scroll"}, {"tabindex", "0"}},
      element("table", element("caption", element("span", element("b", "Table 1.") + text(caption))) +
                           element("thead", element("tr", head)) + element("tbody", rows)));
}

Html part_table(const std::map<std::string, PartCounts>& parts) {
  Table table{.caption = "What each part of the split holds.",
              .columns = {{"Part"}, {"Songs", true}, {"Share", true}, {"Albums", true}, {"Artists", true}},
              .rows = {}};
  std::int64_t songs = 0;
  for (const auto& [name, part] : parts) songs += part.songs;
  for (const char* name : kParts) {
    const auto found = parts.find(name);
    if (found == parts.end()) continue;
    const PartCounts& part = found->second;
    table.rows.push_back(
        {name, std::to_string(part.songs),
         fmt::format("{:.1f} %", 100.0 * static_cast<double>(part.songs) / static_cast<double>(songs)),
         std::to_string(part.albums), std::to_string(part.artists)});
  }
  return to_html(table);
}

/// What the audit found, as sentences; the promise that was made comes first.
std::vector<std::string> audit_sentences(const Json& audit, std::int64_t test_songs) {
  const auto group_by = audit.value("group_by", std::string("none"));
  const std::int64_t albums = count(audit, "albums_crossing"), artists = count(audit, "artists_crossing");
  const std::int64_t album_mates = count(audit, "test_songs_with_album_mates");
  const std::int64_t artist_mates = count(audit, "test_songs_with_artist_mates");
  std::vector<std::string> sentences;
  if (group_by == "none") {
    sentences.push_back(
        "Songs were split one by one (the paper\u2019s protocol); neither albums nor artists were kept "
        "together.");
  } else {
    const bool kept = (group_by == "artist" ? artists : albums) == 0;
    sentences.push_back(fmt::format("The songs of one {} were to stay in one part, and {}.", group_by,
                                    kept ? "they do" : "some do not"));
  }
  sentences.push_back(fmt::format("{} songs in more than one part; {}.",
                                  number_of(albums, "album has", "albums have"),
                                  number_of(artists, "artist does", "artists do")));
  sentences.push_back(fmt::format(
      "Of {}, {} an album-mate in training or validation, and {} a song by the same artist there.",
      number_of(test_songs, "test song", "test songs"), number_of(album_mates, "has", "have"),
      number_of(artist_mates, "has", "have")));
  const std::int64_t without_album = count(audit, "songs_without_album");
  const std::int64_t without_artist = count(audit, "songs_without_artist");
  if (without_album + without_artist > 0) {
    sentences.push_back(fmt::format("{} no album and {} no artist; the audit cannot judge them.",
                                    number_of(without_album, "song names", "songs name"), without_artist));
  }
  if (2 * std::max(album_mates, group_by == "none" ? artist_mates : album_mates) > test_songs &&
      test_songs > 0) {
    sentences.push_back(
        "The networks have heard most of the test\u2019s albums or artists before, so the scores here may "
        "be higher than on music that is new to them.");
  }
  return sentences;
}

}  // namespace

Html make_music_section(const RunFiles& files) {
  const auto test = files.parts.find("test");
  const std::int64_t test_songs = test == files.parts.end() ? 0 : test->second.songs;
  Html audit;
  for (const std::string& sentence :
       audit_sentences(files.summary.value("split_audit", Json::object()), test_songs)) {
    audit += element("li", sentence);
  }
  return element("section", {{"aria-labelledby", "music"}},
                 element("h2", {{"id", "music"}}, text("The music and its split")) +
                     genre_table(files.summary) + element("h3", "Audit of the split") + element("ul", audit) +
                     part_table(files.parts));
}

}  // namespace gamut::report
