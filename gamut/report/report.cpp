#include "gamut/report/report.h"

#include <string>
#include <string_view>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/report/page_template.h"
#include "gamut/report/run_files.h"
#include "gamut/report/scores.h"
#include "gamut/report/sections.h"

namespace gamut::report {
namespace {

/// The template's slots are cut out once, so that a song called "{{content}}" stays a song.
std::string fill_page(const Html& title, const Html& content) {
  constexpr std::string_view kTitle = "{{title}}", kContent = "{{content}}";
  const std::size_t title_at = kPageTemplate.find(kTitle);
  const std::size_t content_at = kPageTemplate.find(kContent, title_at);
  std::string page(kPageTemplate.substr(0, title_at));
  page += title.str();
  page += kPageTemplate.substr(title_at + kTitle.size(), content_at - title_at - kTitle.size());
  page += content.str();
  page += kPageTemplate.substr(content_at + kContent.size());
  return page;
}

Html make_body(const RunFiles& files, const Scores& scores, const std::filesystem::path& page_directory) {
  const ScaleComparisons comparisons = compare_scales(files.results);
  int figures = 0;
  Html main = make_verdict(files, scores, comparisons) + make_notes(files) + make_music_section(files);
  main += make_pictures_section(files, figures);
  main += make_architecture_section(scores, figures);
  main += make_genre_section(files, scores, figures);
  main += make_test_section(comparisons, figures);
  main += make_mcnemar_section(files);
  main += make_gain_section(files, figures);
  main += make_size_section(files, scores, figures);
  main += make_baselines_section(files, scores, figures);
  main += make_decisions_section(files, figures);
  main += make_leaks_section(files, scores, figures);
  main += make_calibration_section(files, scores, figures);
  main += make_confusion_section(files, figures);
  main += make_aggregates_section(scores);
  main += make_learning_section(files, figures);
  main += make_gallery_section(files, page_directory) + make_cost_section(files);
  main += make_configuration_section(files);
  return make_header(files, scores, main) + element("main", main);
}

}  // namespace

void write_report(const std::filesystem::path& run_directory, const std::filesystem::path& html) {
  const RunFiles files = load_run_files(run_directory);
  const Scores scores = select_test_scores(files.results);
  try {
    const Html title = text(files.summary.at("name").get<std::string>() + " \u00b7 gamut");
    save_atomically(
        html, fill_page(title, make_body(files, scores, std::filesystem::absolute(html).parent_path())));
  } catch (const Json::exception& error) {
    const std::filesystem::path path = run_directory / "summary.json";
    throw FileError(printable(path.string()) + " is not the summary of a run (" + error.what() +
                        "); run the experiment again to have it rewritten",
                    path);
  }
}

}  // namespace gamut::report
