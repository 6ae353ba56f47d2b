#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "gamut/core/json.h"
#include "gamut/core/text.h"
#include "gamut/report/sections.h"
#include "gamut/report/verdict.h"
#include "gamut/statistics/wording.h"

namespace gamut::report {
namespace {

constexpr std::size_t kFewGenres = 6;  // below that, no rank test of two scales can reach the 5 % level

Html point(std::string_view lead, const std::string& sentence) {
  if (sentence.empty()) return {};
  return element("p", element("b", std::string(lead) + ": ") + text(sentence));
}

std::int64_t count(const Json& object, const char* key) {
  return object.value(key, std::int64_t{0});
}

/// Test songs with album-mates in training; none where no audit says.
std::optional<std::int64_t> leaking_songs(const RunFiles& files) {
  const Json audit = files.summary.value("split_audit", Json::object());
  // Summaries of older runs count mates in training and validation together.
  for (const char* key : {"test_songs_with_album_mates_in_training", "test_songs_with_album_mates"}) {
    if (audit.contains(key)) return count(audit, key);
  }
  return std::nullopt;
}

bool leaks(const RunFiles& files) {
  return leaking_songs(files).value_or(0) > 0;
}

std::string leak_text(const RunFiles& files) {
  const std::optional<std::int64_t> leaking = leaking_songs(files);
  if (!leaking) return "whether test songs have album-mates in training is not known.";
  if (*leaking > 0) return "the split leaks: test songs have album-mates in training.";
  const std::int64_t unknown =
      count(files.summary.value("split_audit", Json::object()), "songs_without_album");
  if (unknown == 0) return "no test song has an album-mate in training.";
  return fmt::format(
      "no test song is known to have an album-mate in training, but {} of the songs {} no album.", unknown,
      unknown == 1 ? "names" : "name");
}

std::size_t test_songs(const RunFiles& files) {
  if (!files.predictions.empty()) return files.predictions.front().test.size();
  const auto test = files.parts.find("test");
  return test == files.parts.end() ? 0 : static_cast<std::size_t>(test->second.songs);
}

std::string evidence(const RunFiles& files, const ScaleComparisons& comparisons) {
  const Json cells = files.summary.value("cells", Json::object());
  std::string sentence = fmt::format("{} test songs, {} networks", test_songs(files),
                                     count(cells, "total") - count(cells, "failed"));
  if (comparisons.all && !comparisons.all->averaged.empty())
    sentence +=
        fmt::format("; a genre\u2019s score is the mean over {}", join_words(comparisons.all->averaged));
  if (!comparisons.networks_left_out.empty()) {
    sentence +=
        fmt::format("; left out, because a scale lacks them: {}", join(comparisons.networks_left_out, "; "));
  }
  if (!comparisons.genres_left_out.empty()) {
    sentence +=
        fmt::format("; genres left out, because no test song has them or their score is undefined: {}",
                    join_words(comparisons.genres_left_out));
  }
  return sentence + "; " + leak_text(files);
}

std::size_t genres_of(const ScaleComparison& comparison) {
  return comparison.two ? comparison.two->pairs.size() : comparison.many->table.pairs.size();
}

bool is_shown(const ScaleComparison& comparison) {
  return comparison.two ? report::is_shown(*comparison.two) : report::is_shown(*comparison.many);
}

/// What the answer hangs on, most important first.
std::string what_would_change_it(const RunFiles& files, const ScaleComparisons& comparisons) {
  if (!comparisons.all) return "";
  std::set<std::string> scales, reduces, repeats;
  for (const evaluation::ResultRow& row : files.results) {
    scales.insert(row.scale);
    reduces.insert(row.reduce);
    repeats.insert(row.repeat);
  }
  std::vector<std::string> reasons;
  if (leaks(files)) reasons.emplace_back("a split that keeps albums together (group_by = \"album\")");
  if (genres_of(*comparisons.all) < kFewGenres) {
    reasons.push_back(fmt::format("more genres: with {}, no rank test of two scales can show a difference",
                                  genres_of(*comparisons.all)));
  } else if (!is_shown(*comparisons.all)) {
    reasons.emplace_back("more genres or more test songs, which narrow the interval");
  }
  if (scales.contains("linear") && scales.contains("mel") && !scales.contains("linear-bands") &&
      !reduces.contains("mean")) {
    reasons.emplace_back(
        "pictures that average on every scale (reduce = \"mean\", or the scale linear-bands): here mel "
        "averages and "
        "linear skips");
  }
  if (repeats.size() < 2) reasons.emplace_back("other random splits (repeats = 2 or more)");
  return reasons.empty() ? "" : join(reasons, "; ") + ".";
}

}  // namespace

Html make_verdict(const RunFiles& files, const Scores& scores, const ScaleComparisons& comparisons) {
  Html content = element("h2", {{"id", "verdict"}}, text("Verdict")) +
                 element("p", {{"class", "finding"}}, text(headline(comparisons))) +
                 element("p", how_much(comparisons)) + point("How sure", how_sure(comparisons)) +
                 point("On what evidence", evidence(files, comparisons)) +
                 point("Does it hold", gain_sentence(files)) +
                 point("Better than chance", chance_sentence(scores)) +
                 point("The genre\u2019s size", size_sentence(files)) +
                 point("What would change the answer", what_would_change_it(files, comparisons));
  return element("section", {{"class", "verdict"}, {"aria-labelledby", "verdict"}}, content);
}

Html make_notes(const RunFiles& files) {
  Html items;
  for (const Json& note : files.summary.value("notes", Json::array()))
    items += element("li", note.get<std::string>());
  if (items.empty()) return {};
  return element("section", {{"class", "notes"}, {"aria-labelledby", "notes"}},
                 element("h2", {{"id", "notes"}}, text("Read this first")) + element("ul", items));
}

}  // namespace gamut::report
