#include "apps/cli/catalogue_benchmark.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <set>

#include "gamut/catalogue/importers.h"
#include "gamut/catalogue/split.h"
#include "gamut/catalogue/taxonomy.h"
#include "gamut/core/error.h"
#include "gamut/core/random.h"
#include "gamut/doctor/audit.h"

namespace gamut::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBytesPerKib = 1024;  // of ru_maxrss

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

/// Runs `work` in a process of its own.
CatalogueStep measure(const std::string& step, std::int64_t songs, const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) throw Error("cannot start a process for the benchmark");
  if (child == 0) {
    int code = 0;
    try {
      work();
    } catch (const std::exception& error) {
      fmt::print(stderr, "{}: {}\n", step, error.what());
      code = 1;
    }
    std::fflush(stderr);
    _exit(code);
  }
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(fmt::format("the step {} with {} songs failed", step, songs));
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {step, songs, wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
          usage.ru_maxrss * kBytesPerKib};
}

/// Calls `write(artist, album, track, labels)` for each song of a generated library.
void generate_songs(std::int64_t songs,
                    const std::function<void(int, int, int, const std::set<std::string>&)>& write) {
  std::vector<std::string> subgenres;
  const catalogue::Taxonomy taxonomy = catalogue::Taxonomy::load("default");
  for (const auto& [name, genres] : taxonomy.subgenres()) subgenres.push_back(name);
  Random random(1, "catalogue benchmark");
  for (int artist = 0; songs > 0; ++artist) {
    for (std::uint64_t album = 1 + random.below(5); album > 0 && songs > 0; --album) {
      std::set<std::string> labels;
      for (std::uint64_t n = 1 + random.below(3); n > 0; --n) {
        const double u = random.uniform();
        labels.insert(subgenres[static_cast<std::size_t>(u * u * static_cast<double>(subgenres.size()))]);
      }
      for (std::uint64_t track = 6 + random.below(9); track > 0 && songs > 0; --track, --songs) {
        write(artist, static_cast<int>(album), static_cast<int>(track), labels);
      }
    }
  }
}

void write_csv(const fs::path& path, std::int64_t songs) {
  std::ofstream file(path, std::ios::binary);
  file << "path,artist,album,title,subgenres\n";
  generate_songs(songs, [&](int artist, int album, int track, const std::set<std::string>& labels) {
    file << fmt::format("Artist {0}/Album {1}/{2:02}.flac,Artist {0},Album {1},Track {2},{3}\n", artist,
                        album, track, fmt::join(labels, ";"));
  });
  if (!file.flush()) throw FileError("cannot write " + path.string(), path);
}

void write_jamendo(const fs::path& path, std::int64_t songs) {
  std::ofstream file(path, std::ios::binary);
  file << "TRACK_ID\tARTIST_ID\tALBUM_ID\tPATH\tDURATION\tTAGS\n";
  std::int64_t id = 0;
  generate_songs(songs, [&](int artist, int album, int, const std::set<std::string>& labels) {
    ++id;
    file << fmt::format("track_{:07}\tartist_{:06}\talbum_{:06}\t{:02}/{}.mp3\t217.3\tgenre---{}\n", id,
                        artist, 10 * artist + album, id % 100, id, fmt::join(labels, "\tgenre---"));
  });
  if (!file.flush()) throw FileError("cannot write " + path.string(), path);
}

void import(const fs::path& workspace, const fs::path& source, const catalogue::ImportOptions& options) {
  catalogue::Catalogue library(workspace);
  const auto report = catalogue::detect_importer(source).import(library, source, options);
  if (!report.faults.empty()) throw CatalogueError(report.faults.front(), source);
}

void split(const fs::path& workspace, const fs::path& file) {
  std::vector<catalogue::Song> songs = catalogue::Catalogue(workspace).songs();
  const std::vector<std::string> genres = catalogue::choose_genres(songs, {});
  {
    const catalogue::LabelMatrix labels = catalogue::make_labels(songs, genres);
    std::size_t n = 0;
    for (std::size_t i = 0; i < songs.size(); ++i) {
      const auto row = labels.row(i);
      if (std::find(row.begin(), row.end(), 1) == row.end()) continue;
      if (n < i) songs[n] = std::move(songs[i]);
      ++n;
    }
    songs.resize(n);
  }
  const catalogue::LabelMatrix labels = catalogue::make_labels(songs, genres);
  const auto parts = catalogue::draw_split(songs, labels, {});
  catalogue::save_split(file, songs, labels, parts);
}

void audit(const fs::path& workspace, const fs::path& file) {
  catalogue::Catalogue library(workspace);
  const doctor::Audit audit =
      doctor::audit_splits(library, doctor::load_split_file(library.songs(), file), {.audio = false});
  if (!audit.splits.front().albums.empty()) throw Error("albums cross the split");
}

}  // namespace

std::vector<CatalogueStep> benchmark_catalogue(const fs::path& folder, std::int64_t songs) {
  const fs::path workspace = folder / fmt::format("songs-{}", songs);
  const fs::path csv = folder / fmt::format("songs-{}.csv", songs);
  const fs::path split_file = folder / fmt::format("split-{}.csv", songs);
  write_csv(csv, songs);
  const catalogue::ImportOptions options{.taxonomy = "default", .check_files = false};
  return {
      measure("import", songs, [&] { import(workspace, csv, options); }),
      measure("import again", songs, [&] { import(workspace, csv, options); }),
      measure("genres", songs, [&] { catalogue::Catalogue(workspace).genre_counts(); }),
      measure("split", songs, [&] { split(workspace, split_file); }),
      measure("audit", songs, [&] { audit(workspace, split_file); }),
  };
}

CatalogueStep benchmark_jamendo(const fs::path& folder, std::int64_t songs) {
  const fs::path tsv = folder / "jamendo.tsv";
  write_jamendo(tsv, songs);
  return measure("import jamendo", songs, [&] { import(folder / "jamendo", tsv, {.check_files = false}); });
}

}  // namespace gamut::cli
