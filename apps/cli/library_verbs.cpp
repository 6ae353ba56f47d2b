#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "apps/cli/network_verbs.h"
#include "gamut/catalogue/export.h"
#include "gamut/catalogue/importers.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"

namespace gamut::cli {
namespace {

struct ImportArguments {
  std::filesystem::path source;
  std::string format;
  bool no_check_files = false;
  catalogue::ImportOptions options;
};

/// "value (12 songs)", most songs first, the first few.
std::string most_frequent(const std::map<std::string, std::int64_t>& counts) {
  constexpr std::size_t kShown = 20;
  std::vector<std::pair<std::string, std::int64_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (std::size_t i = 0; i < std::min(sorted.size(), kShown); ++i) {
    text += fmt::format("\n  {:>8}  {}", sorted[i].second, printable(sorted[i].first));
  }
  if (sorted.size() > kShown) text += fmt::format("\n  and {} more", sorted.size() - kShown);
  return text;
}

/// What of a source is not as it was at its last import, beyond what was counted.
void say_missing(const catalogue::ImportReport& report) {
  constexpr std::size_t kShown = 10;
  if (report.missing.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(report.missing.size(), kShown); ++i) {
    text += "\n  " + printable(report.missing[i]);
  }
  if (report.missing.size() > kShown) text += fmt::format("\n  and {} more", report.missing.size() - kShown);
  warn(fmt::format("{} songs of an earlier import are no longer in the source; {}{}", report.missing.size(),
                   report.missing_removed
                       ? "they were removed from the catalogue, runs that used them keep their results:"
                       : "they stay in the catalogue, with --remove-missing they are taken out:",
                   text));
}

ExitCode run_import(const GlobalOptions& global, const ImportArguments& arguments) {
  catalogue::ImportOptions options = arguments.options;
  options.check_files = !arguments.no_check_files;
  const bool detect = arguments.format.empty();
  const catalogue::Importer& importer =
      detect ? catalogue::detect_importer(arguments.source) : catalogue::find_importer(arguments.format);
  if (detect) {
    warn(fmt::format("{}: read as {}, {}; --format overrules", printable(arguments.source.string()),
                     importer.name, importer.source));
  }
  catalogue::Catalogue library(global.workspace);
  const catalogue::ImportReport report = importer.import(library, arguments.source, options);
  for (const std::string& warning : report.warnings) warn("warning: " + warning);
  for (const std::string& fault : report.faults) warn("not imported: " + fault);
  fmt::print(
      "{} songs added, {} changed, {} unchanged{}; {} not imported; {} of the imported have no genre\n",
      report.added, report.changed, report.unchanged,
      report.missing.empty() ? std::string()
                             : fmt::format(", {} {}", report.missing.size(),
                                           report.missing_removed ? "removed" : "no longer there"),
      report.faults.size(), report.without_labels);
  say_missing(report);
  for (const catalogue::Respelling& label : report.respelt) {
    fmt::print("the label \"{}\" is now written \"{}\"\n", printable(label.before), printable(label.now));
  }
  if (!report.unmapped.empty()) {
    warn(fmt::format("{} label values are in no taxonomy and no alias file and were left out, by songs:{}",
                     report.unmapped.size(), most_frequent(report.unmapped)));
  }
  if (options.write_split) {
    fmt::print("{} songs in the published split, written to {}\n", report.split_songs,
               printable(options.write_split->string()));
  }
  return report.faults.empty() ? kDone : kSomeSongsFailed;
}

struct ExportArguments {
  std::string format = "csv";
  std::filesystem::path output;
  std::filesystem::path audio = ".";
};

ExitCode export_catalogue(const GlobalOptions& global, const ExportArguments& arguments) {
  const catalogue::Catalogue library(global.workspace);
  const std::vector<catalogue::Song> songs = library.songs();
  if (arguments.format == "jams") {
    if (arguments.output.empty()) {
      throw ParameterError("jams is one file a song; give the folder for them with --output DIR");
    }
    for (const catalogue::Song& song : songs) {
      save_json(arguments.output / fmt::format("{:07}.jams", song.id), catalogue::song_as_jams(song));
    }
  } else {
    const std::string text = arguments.format == "csv"
                                 ? catalogue::songs_as_csv(songs)
                                 : catalogue::songs_as_jamendo(songs, arguments.audio, library.durations_s());
    if (arguments.output.empty()) {
      fmt::print("{}", text);
      return kDone;
    }
    save_atomically(arguments.output, text);
  }
  fmt::print("{} songs written to {}\n", songs.size(), printable(arguments.output.string()));
  return kDone;
}

ExitCode print_genres(const GlobalOptions& global, bool as_json) {
  const catalogue::Catalogue library(global.workspace);
  const std::vector<catalogue::GenreCount> counts = library.genre_counts();
  if (as_json) {
    Json json = {{"songs", library.song_count()},
                 {"without_genre", library.unlabelled_count()},
                 {"genres", Json::array()}};
    for (const catalogue::GenreCount& count : counts) {
      json["genres"].push_back({{"genre", count.genre}, {"songs", count.songs}, {"albums", count.albums}});
    }
    fmt::print("{}\n", dump_json(json, 2));
    return kDone;
  }
  fmt::print("{:>8} {:>8}  {}\n", "songs", "albums", "genre");
  for (const catalogue::GenreCount& count : counts) {
    fmt::print("{:>8} {:>8}  {}\n", count.songs, count.albums, printable(count.genre));
  }
  fmt::print("{:>8} songs in all, {} without a genre; a song counts once for each of its genres\n",
             library.song_count(), library.unlabelled_count());
  return kDone;
}

}  // namespace

void add_library_verbs(CLI::App& app, const GlobalOptions& global, char** argv, Work& work) {
  {
    auto arguments = std::make_shared<ImportArguments>();
    CLI::App* verb = app.add_subcommand("import", "Take a library into the catalogue");
    catalogue::ImportOptions& options = arguments->options;
    std::vector<std::string> formats;
    for (const catalogue::Importer& importer : catalogue::importers()) formats.emplace_back(importer.name);
    verb->add_option("source", arguments->source, "What to import: docs/data-sets.md has a recipe a format")
        ->required();
    verb->add_option("--format", arguments->format, "Seen from the source when not given")
        ->check(CLI::IsMember(formats));
    verb->add_option("--taxonomy", options.taxonomy, "CSV with the columns subgenre and genre");
    verb->add_option("--aliases", options.aliases,
                     "CSV with the columns value and label: which subgenre or genre a tag's text means");
    verb->add_option("--audio", options.audio,
                     "Folder of the audio, where it is not at the format's own place");
    verb->add_option("--subset", options.subset, "fma: small, medium or large");
    verb->add_option("--published-split", options.published_split,
                     "Three lists of songs: train, validation, test")
        ->expected(3);
    verb->add_option("--write-split", options.write_split,
                     "Write the data set's published split to this CSV file");
    verb->add_flag("--no-check-files", arguments->no_check_files, "Import rows whose audio is not there");
    verb->add_flag("--verify", options.verify, "mirdata: compare files with the index's checksums");
    verb->add_flag("--remove-missing", options.remove_missing,
                   "Take songs that an earlier import of SOURCE had, and this one has not, out of the "
                   "catalogue");
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_import(global, *arguments); };
    });
  }
  {
    auto arguments = std::make_shared<ExportArguments>();
    CLI::App* verb = app.add_subcommand("export", "Write what the workspace holds in forms that others read");
    verb->require_subcommand(1);
    CLI::App* what = verb->add_subcommand("catalogue", "The songs with their labels");
    what->add_option("--format", arguments->format, "csv, jams or jamendo, see docs/data-sets.md")
        ->check(CLI::IsMember({"csv", "jams", "jamendo"}))
        ->capture_default_str();
    what->add_option("-o,--output", arguments->output,
                     "File to write, default standard output; jams: folder of one file a song");
    what->add_option("--audio", arguments->audio, "jamendo: folder that the paths count from")
        ->capture_default_str();
    what->callback([&global, &work, arguments] {
      work = [&global, arguments] { return export_catalogue(global, *arguments); };
    });
    hand_on(*verb, kExportModelVerb, argv, work);
  }
  {
    auto as_json = std::make_shared<bool>(false);
    CLI::App* verb = app.add_subcommand("genres", "Songs and albums of each genre (the paper's Table 1)");
    verb->add_flag("--json", *as_json, "One JSON document");
    verb->callback(
        [&global, &work, as_json] { work = [&global, as_json] { return print_genres(global, *as_json); }; });
  }
}

}  // namespace gamut::cli
