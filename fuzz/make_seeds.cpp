// Writes a seed corpus, one folder a fuzz target, with the project's own writers: gamut_make_seeds FOLDER.
#include <cmath>
#include <cstdio>
#include <exception>

#include "apps/server/decode_protocol.h"
#include "gamut/audio/write_stream.h"
#include "gamut/core/csv.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/npy.h"
#include "gamut/core/toml.h"
#include "gamut/evaluation/predictions.h"
#include "gamut/evaluation/results.h"
#include "gamut/features/picture_store.h"
#include "gamut/weights/safetensors.h"
#include "tests/weights/make_files.h"

namespace {

using namespace gamut;
namespace files = weights::test;

void make_audio(const std::filesystem::path& folder) {
  constexpr int kRateHz = 48000;  // which every encoder here takes
  std::vector<float> tone(kRateHz / 5);
  for (std::size_t i = 0; i < tone.size(); ++i)
    tone[i] = static_cast<float>(0.5 * std::sin(0.06 * static_cast<double>(i)));
  const struct {
    const char *container, *encoder;
  } kinds[] = {{"mp3", "libmp3lame"}, {"ipod", "aac"},       {"ipod", "alac"},        {"flac", "flac"},
               {"ogg", "libvorbis"},  {"ogg", "libopus"},    {"ogg", "flac"},         {"wav", "pcm_s16le"},
               {"wav", "pcm_f32le"},  {"aiff", "pcm_s16be"}, {"matroska", "libopus"}, {"wv", "wavpack"}};
  for (const auto& kind : kinds) {
    for (const std::size_t n_channels : {1, 2}) {
      audio::write_stream(
          folder / (std::string(kind.container) + "-" + kind.encoder + "-" + std::to_string(n_channels)),
          {.container = kind.container,
           .encoder = kind.encoder,
           .sample_rate_hz = kRateHz,
           .channels = std::vector<std::span<const float>>(n_channels, tone),
           .tags = {{"title", "seed"}}});
    }
  }
}

void make_tables(const std::filesystem::path& seeds) {
  save_atomically(seeds / "csv/quoted.csv",
                  csv_row({"path", "title"}) + csv_row({"a.mp3", "one, \"two\"\nthree"}));
  save_atomically(seeds / "csv/windows.csv", "\xef\xbb\xbfpath,genres\r\n\r\na.mp3,Jazz;Pop\r\n");
  save_atomically(seeds / "taxonomy/pairs.csv", csv_row({"subgenre", "genre"}) + csv_row({"bebop", "Jazz"}));
  save_atomically(seeds / "split/two.csv", csv_row({"song", "part", "fold", "album", "artist"}) +
                                               csv_row({"a", "train", "0", "", ""}) +
                                               csv_row({"b", "test", "0", "", ""}));
  evaluation::save_predictions(seeds / "predictions/two.csv", {.songs = {"a", "b"},
                                                               .genres = {"Jazz", "R&B"},
                                                               .labels = {1, 0, 0, 1},
                                                               .scores = {0.9, 0.25, 1e-9, 1},
                                                               .part = {"test", "train"},
                                                               .fold = {"0", "0"}});
  evaluation::save_results(seeds / "predictions/results.csv",
                           {{.run = "r", .genre = "Jazz", .metric = "f1", .value = 0.5, .low = 0.4}});
}

void make_arrays(const std::filesystem::path& seeds) {
  const std::vector<float> floats(6, 0.5F);
  const std::vector<std::uint8_t> bytes(6, 7);
  const std::vector<std::size_t> shape{2, 3};
  save_npy(seeds / "npy/floats.npy", floats, shape);
  save_npy(seeds / "npy/bytes.npy", bytes, shape);

  const std::filesystem::path store = seeds / "store";
  spectra::FrontEndOptions options;
  options.picture_height = 2;
  options.picture_width = 3;
  {
    features::PictureStoreWriter writer(store, options, 0);
    const spectra::Picture picture{.height = 2, .width = 3, .indices = bytes};
    writer.append(picture);
    writer.append(picture);
    writer.sync();
  }
  const std::string json = load_text(store / "pictures.json");
  save_atomically(seeds / "picture_store/two-rows",
                  json + std::string(1, '\0') + load_text(store / "pictures.npy"));
  std::filesystem::remove_all(store);
  save_atomically(seeds / "json/pictures.json", json);
  Json table = features::set_specification(options);
  save_atomically(seeds / "toml/front-end.toml", dump_toml(table));
  table["more"] = {{"text", "a \"b\" \u00e9"}, {"list", {1, 2.5, true}}, {"inner", {{"x", "y"}}}};
  save_atomically(seeds / "toml/tables.toml", dump_toml(table) + "\n[[songs]]\nday = 2025-01-31\n");
}

void make_requests(const std::filesystem::path& seeds) {
  save_atomically(
      seeds / "multipart/two",
      "multipart/form-data; boundary=\"b\"\n--b\r\nContent-Disposition: form-data; name=scale\r\n\r\nmel\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\\\"b\"\r\n\r\nmusic\r\n--b--\r\n");
  const spectra::Picture picture{.planes = 1, .height = 1, .width = 2, .indices = {1, 2}};
  save_atomically(seeds / "decode_answer/one",
                  server::encode_answer(server::DecodedUpload{.outcome = Outcome::ok,
                                                              .reason = {},
                                                              .duration_s = 1,
                                                              .sets = {{.options = Json::object(),
                                                                        .frequencies_hz = {1},
                                                                        .ticks = Json::array(),
                                                                        .pictures = {{0, picture}}}}}));
  save_atomically(seeds / "decode_answer/refused",
                  server::encode_answer(server::DecodeRefusal{"memory", "too much"}));
}

void make_weights(const std::filesystem::path& seeds) {
  const weights::TensorData tensor{weights::DataType::float16, {2, 2}, std::vector<std::byte>(8)};
  weights::save_safetensors(seeds / "safetensors/two",
                            {{{"a", tensor}, {"b.weight", tensor}}, {{"format", "pt"}}});
  const std::string scalar = files::tensor({.shape = {}, .strides = {}});
  const std::string pickle = files::dict({{"conv.weight", files::tensor({})}, {"bias", scalar}});
  save_atomically(seeds / "pickle/two", pickle);
  save_atomically(seeds / "pth/two", pickle);
  const std::string other = files::dict(
      {{"n", files::tensor({.storage_class = "LongStorage", .key = "1", .count = 8, .strides = {1, 2}})}});
  save_atomically(seeds / "pickle/transposed", other);
  save_atomically(seeds / "pth/transposed", other);
  save_atomically(seeds / "pth/legacy", files::make_legacy_pth(pickle, {{"0", 4, std::string(16, '\1')}}));
  save_atomically(seeds / "pth/legacy-transposed",
                  files::make_legacy_pth(other, {{"1", 8, std::string(64, '\2')}}));
  const std::vector<std::pair<std::string, std::string>> entries{{"m/data.pkl", pickle},
                                                                 {"m/data/0", "data"}};
  save_atomically(seeds / "zip/plain", files::make_zip(entries));
  save_atomically(seeds / "zip/zip64", files::make_zip(entries, {.zip64 = true, .comment = "c"}));
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count != 2) throw std::invalid_argument("usage: gamut_make_seeds FOLDER");
    const std::filesystem::path seeds = arguments[1];
    make_audio(seeds / "audio");
    make_tables(seeds);
    make_arrays(seeds);
    make_weights(seeds);
    make_requests(seeds);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
