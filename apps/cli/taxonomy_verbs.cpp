#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <utility>

#include "apps/cli/verbs.h"
#include "gamut/catalogue/catalogue.h"
#include "gamut/catalogue/label_suggestions.h"
#include "gamut/catalogue/taxonomy_check.h"
#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"

namespace gamut::cli {
namespace {

struct TaxonomyArguments {
  std::string file{catalogue::kDefaultTaxonomy};
  std::string genre;
  std::string labels;
  catalogue::SuggestOptions suggest;
  bool as_csv = false;
  bool as_json = false;
};

/// The genres to show: all, or the one asked for.
std::vector<std::string> wanted_genres(const catalogue::Taxonomy& taxonomy, const std::string& genre) {
  if (genre.empty()) return taxonomy.genres();
  const std::optional<std::string> found = taxonomy.find_genre(genre);
  if (!found) {
    throw ParameterError(fmt::format("--genre {}: the taxonomy has no such genre; it has {}",
                                     printable(genre), join_words(taxonomy.genres())));
  }
  return {*found};
}

/// Subgenres of each genre, other names of each.
Json to_json(const catalogue::Taxonomy& taxonomy, const std::vector<std::string>& genres) {
  Json json = Json::object();
  for (const std::string& genre : genres) json[genre] = Json::object();
  for (const auto& [subgenre, own] : taxonomy.subgenres()) {
    for (const std::string& genre : own) {
      if (json.contains(genre)) json[genre][subgenre] = taxonomy.aliases_of(subgenre);
    }
  }
  return json;
}

ExitCode show_taxonomy(const TaxonomyArguments& arguments) {
  if (arguments.as_csv) {
    fmt::print("{}", arguments.file == catalogue::kDefaultTaxonomy
                         ? std::string(catalogue::default_taxonomy_csv())
                         : load_text(arguments.file));
    return kDone;
  }
  const catalogue::Taxonomy taxonomy = catalogue::Taxonomy::load(arguments.file);
  const Json json = to_json(taxonomy, wanted_genres(taxonomy, arguments.genre));
  if (arguments.as_json) {
    fmt::print("{}\n", dump_json(json, 2));
    return kDone;
  }
  for (const auto& [genre, subgenres] : json.items()) {
    fmt::print("{}  ({} subgenres)\n", printable(genre), subgenres.size());
    for (const auto& [subgenre, aliases] : subgenres.items()) {
      const auto names = aliases.get<std::vector<std::string>>();
      fmt::print("  {}{}\n", printable(subgenre),
                 names.empty() ? "" : "  [" + printable(join(names, "; ")) + "]");
    }
  }
  return kDone;
}

ExitCode check_taxonomy_file(const TaxonomyArguments& arguments) {
  const std::vector<catalogue::TaxonomyRow> rows = catalogue::read_taxonomy_rows(arguments.file);
  const std::vector<catalogue::TaxonomyFinding> findings = catalogue::check_taxonomy(rows);
  Json json = Json::array();
  for (const catalogue::TaxonomyFinding& finding : findings) {
    if (arguments.as_json) {
      json.push_back({{"fault", to_string(finding.fault)}, {"message", finding.message}});
    } else {
      fmt::print("{}: {}\n", to_string(finding.fault), finding.message);
    }
  }
  if (arguments.as_json) fmt::print("{}\n", dump_json(json, 2));
  say(fmt::format("{} rows, {} findings", rows.size(), findings.size()));
  return findings.empty() ? kDone : kFailed;
}

/// One label a line, counted.
std::map<std::string, std::int64_t> read_labels(const std::string& file) {
  std::map<std::string, std::int64_t> counts;
  std::istringstream lines(load_text(file));
  for (std::string line; std::getline(lines, line);) {
    const std::string_view label = trim(line);
    if (!label.empty()) ++counts[std::string(label)];
  }
  return counts;
}

ExitCode suggest_names(const GlobalOptions& global, const TaxonomyArguments& arguments) {
  const catalogue::Taxonomy taxonomy = catalogue::Taxonomy::load(arguments.file);
  const std::map<std::string, std::int64_t> labels =
      arguments.labels.empty() ? catalogue::count_labels(catalogue::Catalogue(global.workspace).songs())
                               : read_labels(arguments.labels);
  const auto unmapped = catalogue::suggest_labels(labels, taxonomy, arguments.suggest);
  Json json = Json::array();
  for (const catalogue::UnmappedLabel& label : unmapped) {
    Json nearest = Json::array();
    std::vector<std::string> words;
    for (const catalogue::Suggestion& suggestion : label.nearest) {
      nearest.push_back({{"subgenre", suggestion.subgenre}, {"similarity", suggestion.similarity}});
      words.push_back(fmt::format("{} ({:.2f})", printable(suggestion.subgenre), suggestion.similarity));
    }
    if (arguments.as_json) {
      json.push_back({{"label", label.label}, {"songs", label.songs}, {"nearest", nearest}});
    } else {
      fmt::print("{:>8}  {}  ->  {}\n", label.songs, printable(label.label),
                 words.empty() ? "nothing alike" : join(words, ", "));
    }
  }
  if (arguments.as_json) fmt::print("{}\n", dump_json(json, 2));
  say(
      fmt::format("{} of {} labels are not in the taxonomy; nothing was mapped: what fits, write into a "
                  "taxonomy file as an alias",
                  unmapped.size(), labels.size()));
  return kDone;
}

}  // namespace

void add_taxonomy_verbs(CLI::App& app, const GlobalOptions& global, Work& work) {
  CLI::App* group = app.add_subcommand("taxonomy", "Genres, their subgenres, and other names of these");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* description) {
    auto arguments = std::make_shared<TaxonomyArguments>();
    CLI::App* verb = group->add_subcommand(name, description);
    verb->add_option("file", arguments->file,
                     "CSV with the columns subgenre and genre; default: gamut's own");
    verb->add_flag("--json", arguments->as_json, "One JSON document");
    return std::pair(verb, arguments);
  };
  {
    const auto [verb, arguments] = add("show", "Each genre with its subgenres and their aliases");
    verb->add_option("--genre", arguments->genre, "This genre alone");
    verb->add_flag("--csv", arguments->as_csv, "The file itself, to start one's own from");
    verb->callback(
        [&work, arguments = arguments] { work = [arguments] { return show_taxonomy(*arguments); }; });
  }
  {
    const auto [verb, arguments] =
        add("check", "Cycles, orphans, subgenres of more than two genres, names that are nearly the same");
    verb->callback(
        [&work, arguments = arguments] { work = [arguments] { return check_taxonomy_file(*arguments); }; });
  }
  {
    const auto [verb, arguments] =
        add("suggest", "The nearest names for labels of the library that the taxonomy lacks; maps nothing");
    verb->add_option("--labels", arguments->labels,
                     "A file with one label a line, in place of the library's");
    verb->add_option("--nearest", arguments->suggest.nearest, "Names a label")->check(CLI::Range(1, 100));
    verb->add_option("--min-similarity", arguments->suggest.min_similarity,
                     "1: the same letters; 1 minus edits over the longer name's length")
        ->check(CLI::Range(0.0, 1.0));
    verb->callback([&global, &work, arguments = arguments] {
      work = [&global, arguments] { return suggest_names(global, *arguments); };
    });
  }
}

}  // namespace gamut::cli
