// Writes reports of synthetic runs for the browser test: gamut_report_samples OUTPUT_DIRECTORY
#include <filesystem>
#include <string>

#include "gamut/core/files.h"
#include "gamut/report/report.h"
#include "tests/report/synthetic_run.h"

using gamut::test::RunShape;

namespace {

/// A second of silence as a WAV file: 8000 Hz, one channel, 8 bits.
std::string silent_wav() {
  constexpr std::size_t kSamples = 8000;
  const auto number = [](std::size_t value, int bytes) {
    std::string little_endian;
    for (int i = 0; i < bytes; ++i) little_endian += static_cast<char>(value >> (8 * i) & 255);
    return little_endian;
  };
  return "RIFF" + number(36 + kSamples, 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(1, 2) +
         number(kSamples, 4) + number(kSamples, 4) + number(1, 2) + number(8, 2) + "data" +
         number(kSamples, 4) + std::string(kSamples, '\x80');
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path output = argv[1];
  const std::string hostile = "</script><script>document.title='broken'</script>";

  RunShape paper;
  paper.name = "The paper’s protocol";
  paper.genres = {"Hip-Hop",
                  "Electronic",
                  "Rock",
                  "Pop",
                  "Metal",
                  "Punk",
                  "Folk",
                  "R&B",
                  "Ambient",
                  "Classical",
                  "Experimental",
                  "Psychedelia",
                  "Industrial & Noise",
                  "Dance",
                  "Singer-Songwriter",
                  "Jazz"};
  paper.architectures = {"resnet34", "resnet50", "resnet101", "resnet152"};
  paper.notes = {"3 songs were decoded only in part and were left out."};

  RunShape one;
  one.name = "one-of-each";
  one.genres = {"Rock"};
  one.scales = {"mel"};
  one.architectures = {"resnet18"};
  one.initialisations = {"random"};

  RunShape hostile_names;
  hostile_names.name = "Hostile " + hostile;
  hostile_names.genres = {"Rock " + hostile, "R&B \"quoted\" 'twice'", "<img src=x onerror=alert(1)>",
                          "Jazz {{content}}", "日本「語」"};
  hostile_names.scales = {"linear", "mel", "linear-bands"};
  hostile_names.reduces = {"nearest", "mean"};
  hostile_names.song_title = hostile + "\n日本「語」";
  hostile_names.notes = {hostile};

  RunShape whole;
  whole.name = "Everything a run can have";
  whole.scales = {"linear", "mel", "cqt"};
  whole.with_predictions = true;

  gamut::save_atomically(output / "song #1.wav", silent_wav());
  for (const auto& [name, shape] :
       {std::pair{"paper", paper}, {"one", one}, {"hostile", hostile_names}, {"whole", whole}}) {
    write_synthetic_run(output / name, shape);
    gamut::report::write_report(output / name, output / (std::string(name) + ".html"));
  }
}
