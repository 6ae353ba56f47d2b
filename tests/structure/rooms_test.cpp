// The rooms and what each may use, as DESIGN's table; every #include of every source is checked against it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "gamut/core/json.h"

namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::set<std::string>> kMayUse{
    {"core", {}},
    {"audio", {"core"}},
    {"spectra", {"core"}},
    {"tags", {"core"}},
    {"catalogue", {"core", "tags"}},
    {"identity", {"core", "audio", "catalogue"}},
    {"features", {"core", "audio", "spectra", "catalogue", "identity"}},
    {"doctor", {"core", "catalogue", "identity"}},
    {"weights", {"core"}},
    {"models", {"core", "weights"}},
    {"evaluation", {"core"}},
    {"statistics", {"core"}},
    {"training", {"core", "catalogue", "features", "models", "weights", "evaluation"}},
    {"report", {"core", "evaluation", "statistics"}},
    {"demo", {"core", "audio"}},
    {"tagging", {"core", "spectra", "catalogue", "features", "models", "weights", "evaluation"}},
    {"experiment",
     {"core", "audio", "spectra", "catalogue", "features", "weights", "models", "evaluation", "statistics",
      "training", "report", "tagging"}},
};

/// Third parties that a room may include at all, by the start of the include.
const std::map<std::string, std::set<std::string>> kThirdParties{
    {"libav", {"audio", "spectra"}},
    {"soxr", {"audio", "spectra"}},
    {"SQLiteCpp/", {"catalogue"}},
    {"sqlite3", {"catalogue"}},
    {"taglib/", {"tags"}},
    {"chromaprint", {"identity"}},
    {"xxhash.h", {"identity"}},
    {"utf8proc.h", {"core"}},
    {"torch/", {"models", "training", "experiment"}},
    {"ATen/", {"models", "training"}},
    {"c10/", {"models", "training"}},
    {"boost/", {"statistics"}},
    {"toml++/", {"core"}},
    {"openssl/", {"core"}},
    {"png.h", {"core"}},
    {"librsvg/", {"report"}},
    {"zlib.h", {"weights"}},
    {"curl/", {"weights"}},
    {"CLI/", {}},
    {"spdlog/", {}},
};

/// Third parties that may stand in public headers of a room.
const std::map<std::string, std::set<std::string>> kPublicThirdParties{
    {"torch/", {"models", "training", "experiment"}}, {"nlohmann/", {"core"}}};

struct Include {
  fs::path file;
  std::string room, target;
};

std::vector<Include> all_includes() {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<Include> includes;
  const fs::path root = fs::path(GAMUT_SOURCE_DIR) / "gamut";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cpp") continue;
    std::ifstream stream(entry.path());
    const std::string room = (*fs::relative(entry.path(), root).begin()).string();
    for (std::string line; std::getline(stream, line);) {
      std::smatch match;
      if (std::regex_search(line, match, kInclude)) includes.push_back({entry.path(), room, match[1]});
    }
  }
  return includes;
}

std::string describe(const Include& include) {
  return fs::relative(include.file, GAMUT_SOURCE_DIR).string() + " includes " + include.target;
}

bool is_private_header(const fs::path& file) {
  return file.stem().string().ends_with("_private") || file.filename() == "ffmpeg_handles.h";
}

TEST(Rooms, EveryFolderIsInTheTable) {
  for (const auto& entry : fs::directory_iterator(fs::path(GAMUT_SOURCE_DIR) / "gamut")) {
    EXPECT_TRUE(kMayUse.contains(entry.path().filename().string())) << entry.path().filename();
  }
}

TEST(Rooms, UseOnlyTheRoomsOnTheirLine) {
  std::vector<std::string> faults;
  int checked = 0;
  for (const Include& include : all_includes()) {
    if (!include.target.starts_with("gamut/")) continue;
    ++checked;
    const std::string used = include.target.substr(6, include.target.find('/', 6) - 6);
    if (used != include.room && !kMayUse.at(include.room).contains(used)) faults.push_back(describe(include));
  }
  EXPECT_GT(checked, 100);
  EXPECT_THAT(faults, testing::IsEmpty());
}

TEST(Rooms, KeepThirdPartiesToTheirRooms) {
  std::vector<std::string> faults;
  for (const Include& include : all_includes()) {
    for (const auto& [start, rooms] : kThirdParties) {
      if (include.target.starts_with(start) && !rooms.contains(include.room))
        faults.push_back(describe(include));
    }
  }
  EXPECT_THAT(faults, testing::IsEmpty());
}

TEST(Rooms, KeepThirdPartiesOutOfPublicHeaders) {
  std::vector<std::string> faults;
  for (const Include& include : all_includes()) {
    if (include.file.extension() != ".h" || is_private_header(include.file)) continue;
    const bool third_party =
        include.target.find('/') != std::string::npos && !include.target.starts_with("gamut/");
    const bool named =
        kThirdParties.contains(include.target) || third_party || include.target.starts_with("sqlite3");
    if (!named) continue;
    bool allowed = false;
    for (const auto& [start, rooms] : kPublicThirdParties) {
      allowed = allowed || (include.target.starts_with(start) && rooms.contains(include.room));
    }
    if (!allowed) faults.push_back(describe(include));
  }
  EXPECT_THAT(faults, testing::IsEmpty());
}

TEST(Rooms, KeepTheirTestsInAFolderOfTheSameName) {
  for (const auto& [room, uses] : kMayUse) {
    EXPECT_TRUE(fs::is_directory(fs::path(GAMUT_SOURCE_DIR) / "tests" / room)) << room;
  }
}

}  // namespace
