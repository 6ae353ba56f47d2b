#include "gamut/catalogue/importers.h"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "gamut/catalogue/source.h"
#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut::catalogue {
namespace {

namespace fs = std::filesystem;

bool has_extension(const fs::path& source, std::string_view extension) {
  return fs::is_regular_file(source) && source.extension() == extension;
}

/// The importer of a format whose reader yields songs with free labels.
template <Source (*kRead)(const fs::path&, const ImportOptions&)>
ImportReport import_read(Catalogue& catalogue, const fs::path& source, const ImportOptions& options) {
  if (kRead != read_fma && !options.subset.empty()) {
    throw ParameterError("only fma has subsets; leave out --subset");
  }
  Source read = kRead(source, options);
  read.path = source;
  return import_songs(catalogue, std::move(read), options);
}

/// The importer of a format that has its own way with labels.
template <ImportReport (*kImport)(Catalogue&, const fs::path&, const ImportOptions&)>
ImportReport import_strict(Catalogue& catalogue, const fs::path& source, const ImportOptions& options) {
  if (options.aliases || options.audio || options.write_split || !options.published_split.empty() ||
      !options.subset.empty() || options.verify) {
    throw ParameterError(
        "the formats csv and folders have no aliases, no other place for the audio, no subsets, no checksums "
        "and no published split; leave out --aliases, --audio, --subset, --published-split, --write-split "
        "and --verify, or choose another --format");
  }
  return kImport(catalogue, source, options);
}

bool is_jamendo(const fs::path& source) {
  if (!has_extension(source, ".tsv")) return false;
  std::string line;
  return std::getline(std::ifstream(source), line) && line.starts_with("TRACK_ID\tARTIST_ID\t");
}

bool is_fma(const fs::path& source) {
  return fs::exists(source / "fma_metadata" / "tracks.csv") ||
         (fs::exists(source / "tracks.csv") && fs::exists(source / "genres.csv"));
}

constexpr std::array kImporters{
    Importer{"fma", "a folder with fma_metadata and fma_small, fma_medium, fma_large or fma_full", is_fma,
             import_read<read_fma>},
    Importer{"jamendo", "a TSV file of MTG-Jamendo, such as autotagging_genre.tsv", is_jamendo,
             import_read<read_jamendo>},
    Importer{"magnatagatune", "a folder with annotations_final.csv",
             [](const fs::path& source) { return fs::exists(source / "annotations_final.csv"); },
             import_read<read_magnatagatune>},
    Importer{"gtzan", "the folder that GTZAN was unpacked to", is_gtzan, import_read<read_gtzan>},
    Importer{"authors", "a folder with Labels/<Genre>.txt, the layout of the paper's authors", is_authors,
             import_read<read_authors>},
    Importer{"jams", "a JAMS file, or a folder of them", is_jams, import_read<read_jams>},
    Importer{"mirdata", "the JSON index of a mirdata data set", is_mirdata, import_read<read_mirdata>},
    Importer{"csv", "a CSV file with a column path and one of subgenres and genres",
             [](const fs::path& source) { return has_extension(source, ".csv"); }, import_strict<import_csv>},
    Importer{"folders", "a folder with one folder a genre",
             [](const fs::path& source) { return fs::is_directory(source); }, import_strict<import_folders>},
    // Never detected: any folder of music may be one, and folders named by genre are the older promise.
    Importer{"tags", "a folder of music with genres in the files' tags",
             [](const fs::path&) { return false; }, import_read<read_tags>},
};

std::string all_formats() {
  std::string text;
  for (const Importer& importer : kImporters)
    text += fmt::format("\n  {:<14}{}", importer.name, importer.source);
  return text;
}

}  // namespace

std::span<const Importer> importers() {
  return kImporters;
}

const Importer& find_importer(std::string_view name) {
  for (const Importer& importer : kImporters) {
    if (importer.name == name) return importer;
  }
  throw ParameterError(
      fmt::format("no format is called \"{}\"; there are{}", printable(name), all_formats()));
}

const Importer& detect_importer(const fs::path& source) {
  if (!fs::exists(source)) throw FileError(printable(source.string()) + ": no such file or folder", source);
  for (const Importer& importer : kImporters) {
    if (importer.recognises(source)) return importer;
  }
  throw CatalogueError(fmt::format("{}: no format was recognised; give --format, one of{}",
                                   printable(source.string()), all_formats()),
                       source);
}

}  // namespace gamut::catalogue
