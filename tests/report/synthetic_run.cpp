#include "tests/report/synthetic_run.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>

#include "gamut/core/base64.h"
#include "gamut/core/csv.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/png.h"
#include "gamut/core/text.h"
#include "gamut/evaluation/assessment.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/results.h"
#include "gamut/report/gallery.h"

namespace gamut::test {
namespace {

using evaluation::ResultRow;

/// A number in [0, 1) that looks random and depends on its arguments alone.
double scatter(std::size_t a, std::size_t b, std::size_t c) {
  const double x = std::sin(double(a) * 12.9898 + double(b) * 78.233 + double(c) * 37.719) * 43758.5453;
  return x - std::floor(x);
}

std::vector<ResultRow> results(const RunShape& shape) {
  const std::vector<std::string> metrics = {"accuracy",          "log_loss",  "f1",
                                            "balanced_accuracy", "precision", "recall"};
  std::vector<std::string> genres = shape.genres;
  genres.emplace_back(evaluation::kAllCells);
  genres.emplace_back(evaluation::kMacro);
  std::vector<ResultRow> rows;
  for (std::size_t s = 0; s < shape.scales.size(); ++s) {
    for (std::size_t r = 0; r < shape.reduces.size(); ++r) {
      for (std::size_t a = 0; a < shape.architectures.size(); ++a) {
        for (std::size_t i = 0; i < shape.initialisations.size(); ++i) {
          for (std::size_t g = 0; g < genres.size(); ++g) {
            for (std::size_t m = 0; m < metrics.size(); ++m) {
              const double level = 0.75 - 0.35 * double(g) / double(genres.size()) + 0.05 * double(s) +
                                   0.02 * double(a) - 0.08 * double(i) + 0.03 * double(r) +
                                   0.14 * (scatter(g, m, 1) - 0.5) +
                                   0.08 * (scatter(7 * g + m, s + 3 * r, a + 5 * i) - 0.5);
              rows.push_back({.run = shape.name,
                              .scale = shape.scales[s],
                              .reduce = shape.reduces[r],
                              .strategy = "one-vs-all",
                              .architecture = shape.architectures[a],
                              .initialisation = shape.initialisations[i],
                              .fold = "0",
                              .repeat = "0",
                              .part = "test",
                              .decision = "0.5",
                              .genre = genres[g],
                              .metric = metrics[m],
                              .value = m == 0 ? 0.6 + 0.4 * level : level,
                              .low = {},
                              .high = {},
                              .undefined = false});
            }
          }
        }
      }
    }
  }
  return rows;
}

/// Songs in albums of two, of which half are tested; networks of later scales and architectures tell genres
/// a little better.
evaluation::Predictions predictions(const RunShape& shape, std::size_t scale, std::size_t network) {
  evaluation::Predictions made{.genres = shape.genres};
  for (std::size_t song = 0; song < 120; ++song) {
    const std::size_t album = song / 2;
    made.songs.push_back("song " + std::to_string(song));
    made.part.emplace_back(song < 60 ? "validation" : "test");
    made.fold.emplace_back("0");
    made.album.push_back("album " + std::to_string(album));
    made.artist.push_back("artist " + std::to_string(album / 2));
    for (std::size_t g = 0; g < shape.genres.size(); ++g) {
      const bool has = album % shape.genres.size() == g || scatter(album, g, 3) < 0.25 / double(g + 1);
      const double noise = scatter(song, g, 11 + scale + 7 * network) + 0.4 * scatter(album, g, 5) - 0.7;
      const double score = 0.5 + (has ? 0.22 : -0.22) + 0.03 * double(scale) + 0.55 * noise;
      made.labels.push_back(has ? 1 : 0);
      made.scores.push_back(std::min(0.99, std::max(0.01, score)));
    }
  }
  return made;
}

/// The training songs' labels: more albums of the same kind.
evaluation::KnownSongs training_songs(const RunShape& shape) {
  evaluation::KnownSongs known{.genres = shape.genres};
  for (std::size_t song = 0; song < 200; ++song) {
    known.fold.emplace_back("0");
    known.album.push_back((shape.group_by == "none" ? "album " : "training album ") +
                          std::to_string(song / 5));
    for (std::size_t g = 0; g < shape.genres.size(); ++g)
      known.labels.push_back(song / 5 % shape.genres.size() == g ? 1 : 0);
  }
  return known;
}

void append(std::vector<ResultRow>& rows, ResultRow row, const std::string& decision,
            const std::vector<evaluation::GenreMetrics>& genres) {
  row.decision = decision;
  for (const evaluation::GenreMetrics& genre : genres) {
    row.genre = genre.genre;
    for (const evaluation::Metric& metric : genre.metrics) {
      row.metric = metric.name;
      row.value = metric.value;
      row.reason = metric.undefined;
      row.low = metric.interval ? std::optional(metric.interval->low) : std::nullopt;
      row.high = metric.interval ? std::optional(metric.interval->high) : std::nullopt;
      rows.push_back(row);
    }
  }
}

std::vector<ResultRow> evaluated_results(const std::filesystem::path& directory, const RunShape& shape) {
  std::vector<ResultRow> rows;
  std::size_t network = 0;
  for (const std::string& initialisation : shape.initialisations) {
    for (const std::string& architecture : shape.architectures) {
      for (const std::string& reduce : shape.reduces) {
        for (std::size_t s = 0; s < shape.scales.size(); ++s) {
          const evaluation::Predictions songs = predictions(shape, s, network);
          save_predictions(directory / "predictions" /
                               (shape.scales[s] + "-" + reduce + "-0123abcd_one-vs-all_" + architecture +
                                "_" + initialisation + "_0.0.csv"),
                           songs);
          const evaluation::Assessment assessment =
              evaluation::assess(songs, {.bootstrap = evaluation::BootstrapOptions{.replicates = 200},
                                         .known = training_songs(shape),
                                         .trained_prior = 0.5});
          const ResultRow row{.run = shape.name,
                              .scale = shape.scales[s],
                              .reduce = reduce,
                              .strategy = "one-vs-all",
                              .architecture = architecture,
                              .initialisation = initialisation,
                              .fold = "0",
                              .repeat = "0",
                              .part = "test"};
          for (const auto& decision : assessment.decisions)
            append(rows, row, decision.decision, decision.metrics);
          for (const auto& baseline : assessment.baselines)
            append(rows, row, baseline.name, baseline.metrics);
        }
        ++network;
      }
    }
  }
  return rows;
}

Json summary(const RunShape& shape, const std::vector<ResultRow>& rows) {
  Json json;
  json["name"] = shape.name;
  json["created_with"] = {{"gamut", "0.1.0"},
                          {"libraries", {{"ffmpeg", "5.1.6"}, {"libtorch", "1.13.1"}, {"soxr", "0.1.3"}}}};
  json["songs"] = {
      {"catalogue", 1000}, {"labelled", 970}, {"used", 940}, {"partial_left_out", 3}, {"failed", 2}};
  json["table1"] = Json::array();
  Json audit_rows = Json::array({{{"genre", "(all)"}, {"train", 752}, {"validation", 94}, {"test", 94}}});
  for (std::size_t g = 0; g < shape.genres.size(); ++g) {
    const int songs = int(400.0 / double(g + 1)) + 20;
    json["table1"].push_back({{"genre", shape.genres[g]}, {"songs", songs}, {"albums", songs / 11 + 1}});
    audit_rows.push_back({{"genre", shape.genres[g]},
                          {"train", songs * 8 / 10},
                          {"validation", songs / 10},
                          {"test", songs / 10}});
  }
  json["table1"].push_back({{"genre", "Regional Music"}, {"songs", 12}, {"albums", 2}});
  json["genres"] = shape.genres;
  json["split_audit"] = {{"group_by", shape.group_by},
                         {"rows", audit_rows},
                         {"albums_crossing", 0},
                         {"artists_crossing", 31},
                         {"test_songs_with_album_mates", 0},
                         {"test_songs_with_artist_mates", 7},
                         {"songs_without_album", 4},
                         {"songs_without_artist", 0}};
  json["examples"] = Json::array();
  for (const std::string& scale : shape.scales) {
    const std::string file = scale == "mel" ? "mel_picture.png" : "linear_picture.png";
    const std::string png =
        load_text(std::filesystem::path(GAMUT_SOURCE_DIR "/tests/golden/reference/librosa") / file);
    json["examples"].push_back({{"song", "songs/1.flac"},
                                {"title", shape.song_title},
                                {"scale", scale},
                                {"reduce", shape.reduces.front()},
                                {"set", scale + "-nearest-0123abcd"},
                                {"png", base64(png)}});
  }
  json["notes"] = shape.notes;
  json["cells"] = {{"total", rows.size() / 6}, {"trained", rows.size() / 6}, {"failed", 0}};
  json["cost"] = {{"stages",
                   {{{"name", "pictures"}, {"seconds", 61.2}},
                    {{"name", "training"}, {"seconds", 4250.0}},
                    {{"name", "evaluation"}, {"seconds", 10.3}}}},
                  {"peak_memory_bytes", 1'234'500'000},
                  {"picture_sets", Json::array()}};
  for (const std::string& scale : shape.scales) {
    json["cost"]["picture_sets"].push_back(
        {{"set", scale + "-nearest-0123abcd"}, {"pictures", 940}, {"bytes", 58'750'128}});
  }
  return json;
}

/// Twelve epochs whose training loss falls for good and whose validation loss turns.
std::string history(std::size_t network) {
  std::string csv = csv_row({"epoch", "train_loss", "validation_loss", "validation_balanced_accuracy",
                             "seconds", "images_per_second"});
  for (std::size_t epoch = 1; epoch <= 12; ++epoch) {
    const double t = double(epoch);
    const double train = 0.7 * std::exp(-0.15 * t) + 0.03 * scatter(network, epoch, 1);
    const double validation = 0.7 * std::exp(-0.12 * t) + 0.002 * t * t + 0.05 * scatter(network, epoch, 2);
    csv += csv_row(
        {std::to_string(epoch), format_number(train), format_number(validation), "0.75", "12.5", "60"});
  }
  return csv;
}

/// Without a sync: a run has hundreds of these.
void write(const std::filesystem::path& path, const std::string& content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

void write_cells(const std::filesystem::path& directory, const RunShape& shape) {
  std::string plan = csv_row(
      {"folder", "scale", "reduce", "strategy", "architecture", "initialisation", "fold", "repeat", "genre"});
  std::size_t network = 0;
  for (const std::string& scale : shape.scales) {
    for (const std::string& reduce : shape.reduces) {
      for (const std::string& architecture : shape.architectures) {
        for (const std::string& initialisation : shape.initialisations) {
          for (const std::string& genre : shape.genres) {
            const std::string folder = "cell-" + std::to_string(network);
            plan +=
                csv_row({folder, scale, reduce, "one-vs-all", architecture, initialisation, "0", "0", genre});
            write(directory / "cells" / folder / "history.csv", history(network));
            write(directory / "cells" / folder / "model.safetensors", std::string(2500, 'x'));
            write(directory / "cells" / folder / "cell.json", R"({"seconds": 151.5})");
            ++network;
          }
        }
      }
    }
  }
  save_atomically(directory / "cells.csv", plan);
}

/// A small picture that looks like noise on a slope.
std::string thumbnail(std::size_t index) {
  RgbImage image{.width = 60, .height = 60, .pixels = {}};
  for (std::size_t i = 0; i < 3600; ++i) {
    const double level = scatter(i, index, 3) * double(i / 60) / 60.0;
    for (const int full : {255, 160, 200}) image.pixels.push_back(static_cast<std::uint8_t>(full * level));
  }
  return encode_png(image);
}

void write_gallery(const std::filesystem::path& directory, const RunShape& shape) {
  std::vector<report::Showpiece> songs;
  for (const std::string& genre : shape.genres) {
    for (std::size_t i = 0; i < 6; ++i) {
      report::Showpiece song;
      song.genre = genre;
      song.is_hit = i < 3;
      song.has_genre = i != 3;
      song.score = i < 3 ? 0.99 - 0.01 * double(i) : i == 3 ? 0.97 : 0.04 * double(i);
      song.song = "songs/" + std::to_string(i) + ".flac";
      song.title = i == 5 ? "" : shape.song_title + " " + std::to_string(i);
      song.artist = "Artist " + std::to_string(i);
      song.picture = std::to_string(i) + ".png";
      if (i % 3 == 0) song.audio = "../song #1.wav";
      songs.push_back(song);
    }
  }
  report::save_gallery(directory, songs);
  for (std::size_t i = 0; i < 6; ++i) {
    save_atomically(report::gallery_directory(directory) / (std::to_string(i) + ".png"), thumbnail(i));
  }
}

std::string split(const RunShape& shape) {
  std::string csv = csv_row({"song", "part", "fold", "album", "artist"});
  for (int i = 0; i < 100; ++i) {
    const char* part = i < 80 ? "train" : i < 90 ? "validation" : "test";
    csv += csv_row({shape.song_title + " " + std::to_string(i), part, "0", "Album " + std::to_string(i / 10),
                    "Artist " + std::to_string(i / 20)});
  }
  return csv;
}

}  // namespace

void write_synthetic_run(const std::filesystem::path& directory, const RunShape& shape) {
  const std::vector<ResultRow> rows =
      shape.with_predictions ? evaluated_results(directory, shape) : results(shape);
  save_atomically(directory / "experiment.toml", "name = \"" + shape.name + "\"\n\n[data]\ngroup_by = \"" +
                                                     shape.group_by +
                                                     "\"\nseed = 97\n\n[training]\nepochs = 20\n");
  save_atomically(directory / "split.csv", split(shape));
  evaluation::save_results(directory / "results.csv", rows);
  save_json(directory / "summary.json", summary(shape, rows));
  write_cells(directory, shape);
  write_gallery(directory, shape);
}

}  // namespace gamut::test
