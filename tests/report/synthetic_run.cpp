#include "tests/report/synthetic_run.h"

#include <cmath>
#include <cstdint>

#include "gamut/core/csv.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/evaluation/metrics.h"
#include "gamut/evaluation/results.h"
#include "gamut/statistics/compare.h"

namespace gamut::test {
namespace {

using evaluation::ResultRow;

/// A number in [0, 1) that looks random and depends on its arguments alone.
double scatter(std::size_t a, std::size_t b, std::size_t c) {
  const double x = std::sin(double(a) * 12.9898 + double(b) * 78.233 + double(c) * 37.719) * 43758.5453;
  return x - std::floor(x);
}

std::string base64(const std::string& bytes) {
  static const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j)
      text += i + j > bytes.size() ? '=' : digits[group >> (18 - 6 * j) & 63];
  }
  return text;
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

Json comparisons(const RunShape& shape, const std::vector<ResultRow>& rows) {
  Json list = Json::array();
  if (shape.scales.size() != 2) return list;
  for (const std::string& initialisation : shape.initialisations) {
    for (const std::string& reduce : shape.reduces) {
      std::vector<statistics::Observation> observations;
      for (const ResultRow& row : rows) {
        if (row.metric != "f1" || row.initialisation != initialisation || row.reduce != reduce) continue;
        if (row.genre == evaluation::kAllCells || row.genre == evaluation::kMacro) continue;
        observations.push_back(
            {{{"scale", row.scale}, {"genre", row.genre}, {"architecture", row.architecture}}, row.value});
      }
      const auto comparison = statistics::compare(observations, "scale", "genre", {"architecture"});
      Json json = statistics::to_json(comparison);
      json["metric"] = "f1";
      json["sentence"] = statistics::describe(comparison, "f1");
      json["initialisation"] = initialisation;
      json["reduce"] = reduce;
      std::vector<double> differences;
      for (std::size_t i = 0; i < comparison.pairs.size(); ++i) {
        differences.push_back(comparison.first_values[i] - comparison.second_values[i]);
      }
      if (differences.size() >= 3) {
        const auto qq = statistics::qq_normal(differences);
        json["qq"] = {{"theoretical", qq.theoretical},
                      {"ordered", qq.ordered},
                      {"slope", qq.slope},
                      {"intercept", qq.intercept},
                      {"r", qq.r}};
      }
      list.push_back(json);
    }
  }
  return list;
}

Json summary(const RunShape& shape, const std::vector<ResultRow>& rows) {
  Json json;
  json["name"] = shape.name;
  json["created_with"] = {{"gamut", "0.1.0"},
                          {"libraries", {{"ffmpeg", "5.1.6"}, {"libtorch", "1.13.1"}, {"soxr", "0.1.3"}}}};
  json["wall_seconds"] = 4321.5;
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
  json["split_audit"] = {{"group_by", "album"},
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
  json["comparisons"] = comparisons(shape, rows);
  json["notes"] = shape.notes;
  json["cells"] = {{"total", rows.size() / 6}, {"trained", rows.size() / 6}, {"failed", 0}};
  return json;
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
  const std::vector<ResultRow> rows = results(shape);
  save_atomically(directory / "experiment.toml",
                  "name = \"" + shape.name +
                      "\"\n\n[data]\ngroup_by = \"album\"\nseed = 97\n\n[training]\nepochs = 20\n");
  save_atomically(directory / "split.csv", split(shape));
  evaluation::save_results(directory / "results.csv", rows);
  save_json(directory / "summary.json", summary(shape, rows));
}

}  // namespace gamut::test
