#include <fmt/format.h>

#include <memory>

#include "apps/cli/verbs.h"
#include "gamut/catalogue/import.h"
#include "gamut/core/json.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"

namespace gamut::cli {
namespace {

struct ImportArguments {
  std::filesystem::path source;
  std::string format;
  std::filesystem::path taxonomy;
  bool no_check_files = false;
};

ExitCode run_import(const GlobalOptions& global, const ImportArguments& arguments) {
  catalogue::ImportOptions options{.taxonomy = std::nullopt, .check_files = !arguments.no_check_files};
  if (!arguments.taxonomy.empty()) options.taxonomy = arguments.taxonomy;
  const bool folders = arguments.format == "folders" ||
                       (arguments.format.empty() && std::filesystem::is_directory(arguments.source));
  catalogue::Catalogue library(global.workspace);
  const catalogue::ImportReport report = folders
                                             ? catalogue::import_folders(library, arguments.source, options)
                                             : catalogue::import_csv(library, arguments.source, options);
  for (const std::string& warning : report.warnings) warn("warning: " + warning);
  for (const std::string& fault : report.faults) warn("not imported: " + fault);
  fmt::print("{} songs added, {} changed, {} unchanged; {} not imported; {} of the imported have no genre\n",
             report.added, report.changed, report.unchanged, report.faults.size(), report.without_labels);
  return report.faults.empty() ? kDone : kSomeSongsFailed;
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

void add_library_verbs(CLI::App& app, const GlobalOptions& global, Work& work) {
  {
    auto arguments = std::make_shared<ImportArguments>();
    CLI::App* verb = app.add_subcommand("import", "Take a library into the catalogue");
    verb->add_option("source", arguments->source,
                     "CSV file (path and subgenres or genres), or a folder with one folder a genre")
        ->required();
    verb->add_option("--format", arguments->format, "csv or folders; seen from the source when not given")
        ->check(CLI::IsMember({"csv", "folders"}));
    verb->add_option("--taxonomy", arguments->taxonomy, "CSV with the columns subgenre and genre");
    verb->add_flag("--no-check-files", arguments->no_check_files, "Import rows whose audio is not there");
    verb->callback([&global, &work, arguments] {
      work = [&global, arguments] { return run_import(global, *arguments); };
    });
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
