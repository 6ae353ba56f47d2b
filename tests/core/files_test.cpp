#include "gamut/core/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/npy.h"
#include "gamut/core/png.h"
#include "gamut/core/toml.h"
#include "tests/support/test_data.h"

namespace gamut {
namespace {

using testing::HasSubstr;

template <class Work>
std::string message_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Files, AtomicSaveReplacesAndLeavesNoTemporary) {
  const test::TemporaryDirectory directory;
  save_atomically(directory / "deep/er/file", "one");
  save_atomically(directory / "deep/er/file", "two");
  EXPECT_EQ(load_text(directory / "deep/er/file"), "two");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory / "deep/er"), {}), 1);
}

TEST(Files, ANameAloneIsSavedInTheFolderWhereWeAre) {
  const gamut::test::TemporaryDirectory folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  save_atomically("alone.txt", "new");
  std::filesystem::current_path(before);
  EXPECT_EQ(load_text(folder / "alone.txt"), "new");
}

TEST(Files, FailedSaveKeepsTheOldFile) {
  const test::TemporaryDirectory directory;
  save_atomically(directory / "file", "old");
  // A limit on the file size fails the write half-way, as a full disk does.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small{1024, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string message =
      message_of([&] { save_atomically(directory / "file", std::string(4096, 'x')); });
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(message, HasSubstr("cannot write"));
  EXPECT_EQ(load_text(directory / "file"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
}

TEST(Files, ALinkStaysAndWhatItLeadsToIsReplaced) {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directory(directory / "deep");
  std::filesystem::create_symlink("deep/middle", directory / "link");
  std::filesystem::create_symlink("file", directory / "deep/middle");
  for (const char* bytes : {"one", "two"}) {  // the link leads nowhere at first
    save_atomically(directory / "link", bytes);
    EXPECT_EQ(load_text(directory / "deep/file"), bytes);
    EXPECT_TRUE(std::filesystem::is_symlink(directory / "link"));
    EXPECT_TRUE(std::filesystem::is_symlink(directory / "deep/middle"));
  }
}

TEST(Files, APipeIsWrittenTo) {
  const test::TemporaryDirectory directory;
  ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), 0600), 0);
  std::string text;
  std::jthread reader([&] { text = load_text(directory / "pipe"); });
  save_atomically(directory / "pipe", "through");
  reader.join();
  EXPECT_EQ(text, "through");
  EXPECT_TRUE(std::filesystem::is_fifo(directory / "pipe"));
  EXPECT_NO_THROW(save_atomically("/dev/null", "nothing"));
}

TEST(Files, TemporaryNamesOfTwoProcessesOfOneNumberDiffer) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  // Forks count on from the same number; only what is drawn at random may differ behind that of the process.
  const auto random_part = [] {
    const std::string name = temporary_beside("file").string();
    EXPECT_THAT(name, testing::StartsWith("file.tmp-" + std::to_string(::getpid()) + "-"));
    return name.substr(name.rfind('-'));
  };
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string part = random_part();
    ::_exit(::write(ends[1], part.data(), part.size()) == static_cast<ssize_t>(part.size()) ? 0 : 1);
  }
  ::waitpid(child, nullptr, 0);
  std::string theirs(64, '\0');
  theirs.resize(
      static_cast<std::size_t>(std::max<ssize_t>(0, ::read(ends[0], theirs.data(), theirs.size()))));
  EXPECT_EQ(theirs.size(), 9u);
  EXPECT_NE(theirs, random_part());
  ::close(ends[0]);
  ::close(ends[1]);
}

// The memory of a process, whose first page nobody has, cannot be read from its start.
TEST(Files, AReadErrorNamesTheFile) {
  EXPECT_THAT(message_of([] { load_text("/proc/self/mem"); }),
              HasSubstr("cannot read /proc/self/mem: Input/output error"));
  EXPECT_THAT(message_of([] { sha256_file("/proc/self/mem"); }), HasSubstr("cannot read /proc/self/mem"));
}

TEST(Files, SecondLockSaysWhatTheFirstDoes) {
  const test::TemporaryDirectory directory;
  const FileLock lock(directory / "lock", "counting");
  EXPECT_THAT(message_of([&] { FileLock second(directory / "lock", "counting"); }),
              HasSubstr("another process is counting"));
}

TEST(Files, LockIsFreeAgainAfterItsOwner) {
  const test::TemporaryDirectory directory;
  { const FileLock lock(directory / "lock", "counting"); }
  EXPECT_NO_THROW(FileLock(directory / "lock", "counting"));
}

TEST(Files, LockNamesItsHolderOnlyWhileItIsHeld) {
  const test::TemporaryDirectory directory;
  EXPECT_EQ(lock_holder(directory / "lock"), "");
  {
    const FileLock lock(directory / "lock", "counting");
    EXPECT_THAT(lock_holder(directory / "lock"),
                testing::StartsWith("process " + std::to_string(::getpid()) + " on "));
    EXPECT_EQ(FileLock::try_take(directory / "lock"), nullptr);
  }
  EXPECT_EQ(lock_holder(directory / "lock"), "");
  EXPECT_NE(FileLock::try_take(directory / "lock"), nullptr);
}

TEST(Files, LockOfAKilledProcessIsFree) {
  const test::TemporaryDirectory directory;
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const FileLock lock(directory / "lock", "counting");
    [[maybe_unused]] const ssize_t told = ::write(ready[1], "x", 1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_THAT(lock_holder(directory / "lock"), HasSubstr("process " + std::to_string(child)));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_NE(FileLock::try_take(directory / "lock"), nullptr);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(Files, WaitingLockIsTakenOnceItIsFree) {
  const test::TemporaryDirectory directory;
  auto first = FileLock::try_take(directory / "lock");
  std::atomic<bool> taken{false};
  std::jthread other([&] {
    const FileLock lock(directory / "lock", "counting", WhenHeld::wait);
    taken = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(taken);
  first.reset();
  other.join();
  EXPECT_TRUE(taken);
}

TEST(Npy, RoundTripsFloatsAndBytes) {
  const test::TemporaryDirectory directory;
  const std::array<std::size_t, 2> shape{2, 3};
  const std::vector<float> floats{1, 2, 3, 4, 5, 6.5};
  save_npy(directory / "f.npy", floats, shape);
  EXPECT_EQ(load_npy_float(directory / "f.npy").values, floats);
  EXPECT_THAT(load_npy_float(directory / "f.npy").shape, testing::ElementsAre(2, 3));
  const std::vector<std::uint8_t> bytes{0, 1, 2, 253, 254, 255};
  save_npy(directory / "b.npy", bytes, shape);
  EXPECT_EQ(load_npy_bytes(directory / "b.npy").values, bytes);
  EXPECT_THAT(message_of([&] { load_npy_float(directory / "b.npy"); }), HasSubstr("holds |u1, not float32"));
}

TEST(Npy, HeaderHasRoomForAGrowingShape) {
  const std::array<std::size_t, 3> small{0, 250, 250};
  const std::array<std::size_t, 3> large{123456789012, 250, 250};
  EXPECT_EQ(make_npy_header("|u1", small, 128).size(), 128u);
  EXPECT_EQ(make_npy_header("|u1", large, 128).size(), 128u);
  const std::array<std::size_t, 1> flat{7};
  EXPECT_THAT(make_npy_header("<f4", flat), HasSubstr("(7,)"));
}

TEST(Npy, AnArrayWithoutElementsIsEmpty) {
  const test::TemporaryDirectory directory;
  const std::array<std::size_t, 2> shape{0, 3};
  save_npy(directory / "x.npy", std::span<const float>(), shape);
  EXPECT_THAT(load_npy_float(directory / "x.npy").values, testing::IsEmpty());
  EXPECT_THAT(load_npy_float(directory / "x.npy").shape, testing::ElementsAre(0, 3));
}

TEST(Npy, RefusesWhatItDoesNotUnderstand) {
  const test::TemporaryDirectory directory;
  const auto refuse = [&](const std::string& bytes) {
    save_atomically(directory / "x.npy", bytes);
    return message_of([&] { load_npy_float(directory / "x.npy"); });
  };
  const std::array<std::size_t, 1> shape{4};
  const std::string header = make_npy_header("<f4", shape);
  EXPECT_THAT(refuse("hello"), HasSubstr("is not a NumPy file"));
  EXPECT_THAT(refuse(header + "123"), HasSubstr("is cut short"));
  std::string fortran = header;
  fortran.replace(fortran.find("False"), 5, "True ");
  EXPECT_THAT(refuse(fortran), HasSubstr("Fortran order"));
  std::string huge = header;
  huge.replace(huge.find("(4,)"), 24, "(99999999999999999,9999)");
  EXPECT_THAT(refuse(huge), HasSubstr("more elements than fit"));
}

TEST(Png, RoundTrips) {
  const test::TemporaryDirectory directory;
  const RgbImage image{2, 1, {1, 2, 3, 250, 251, 252}};
  save_png(directory / "x.png", image);
  const RgbImage read = load_png(directory / "x.png");
  EXPECT_EQ(read.width, 2);
  EXPECT_EQ(read.pixels, image.pixels);
  save_atomically(directory / "y.png", "no picture");
  EXPECT_THAT(message_of([&] { load_png(directory / "y.png"); }), HasSubstr("is not a PNG"));
}

TEST(Hash, ANamedPipeIsNotWaitedFor) {
  const test::TemporaryDirectory directory;
  ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(message_of([&] { sha256_file(directory / "pipe"); }), HasSubstr("is not a regular file"));
}

TEST(Hash, MatchesThePublishedVector) {
  EXPECT_EQ(sha256_hex(std::string_view("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Json, HostileFilesAreRefusedByName) {
  const test::TemporaryDirectory directory;
  const auto refuse = [&](const std::string& text) {
    save_atomically(directory / "x.json", text);
    return message_of([&] { load_json(directory / "x.json"); });
  };
  EXPECT_THAT(refuse("{"), HasSubstr("is not valid JSON (byte 2)"));
  EXPECT_THAT(refuse("1e999"), HasSubstr("has a number beyond any"));
  EXPECT_THAT(refuse(std::string(200000, '[') + std::string(200000, ']')),
              HasSubstr("is nested deeper than 100 levels"));
  std::string names = "{\"0\": 0";
  for (int i = 1; i <= 10000; ++i) names += ", \"" + std::to_string(i) + "\": 0";
  EXPECT_THAT(refuse(names + "}"), HasSubstr("an object of more than 10000 names"));
  EXPECT_EQ(refuse("[\"{[[\\\"[\", " + std::string(99, '[') + std::string(99, ']') + "]"), "");
}

TEST(Json, ReportsEveryFaultAtOnce) {
  const Json json = {{"a", "text"}, {"b", 2}, {"colour", 1}};
  const std::string message = message_of([&] {
    OptionReader reader(json, "[part]");
    int a = 0;
    int b = 0;
    reader.read("a", a);
    reader.read("b", b);
    EXPECT_EQ(b, 2);
    reader.finish();
  });
  EXPECT_THAT(message, HasSubstr("[part] a has the wrong type: \"text\""));
  EXPECT_THAT(message, HasSubstr("unknown option \"colour\"; known are a and b"));
}

TEST(Json, NumbersAreNotBentIntoOtherTypes) {
  const Json json = {{"whole", 2048.5}, {"truth", true}, {"positive", -1}, {"small", 4294967296}};
  const std::string message = message_of([&] {
    OptionReader reader(json, "[part]");
    int number = 0;
    std::uint64_t positive = 0;
    reader.read("whole", number);
    reader.read("truth", number);
    reader.read("small", number);
    reader.read("positive", positive);
    reader.finish();
  });
  for (const char* key : {"whole", "truth", "positive", "small"}) EXPECT_THAT(message, HasSubstr(key));
}

TEST(Json, BytesThatAreNotUtf8DoNotThrow) {
  EXPECT_EQ(dump_json(Json("a\xff")), "\"a\xef\xbf\xbd\"");
}

TEST(Toml, RoundTripsThroughJson) {
  const std::string text = R"(name = "x"
[data]
genres = { top = 16, exclude = ["R&B", "a\"b"] }
test = 0.1
whole = 2.0
flag = true
)";
  const Json json = parse_toml(text, "x");
  EXPECT_EQ(json.at("data").at("genres").at("exclude").at(1), "a\"b");
  EXPECT_TRUE(json.at("data").at("whole").is_number_float());
  EXPECT_EQ(parse_toml(dump_toml(json), "again"), json);
}

TEST(Toml, EveryCharacterRoundTrips) {
  Json json;
  for (char c = 1; c > 0; ++c) json["t"][std::string("key ") + c] = std::string("value ") + c;
  EXPECT_EQ(parse_toml(dump_toml(json), "again"), json);
}

TEST(Toml, KeysThatNestWithoutEndAreRefused) {
  std::string key = "a";
  for (int i = 0; i < 100000; ++i) key += ".a";
  EXPECT_THAT(message_of([&] { parse_toml(key + " = 1", "f.toml"); }),
              HasSubstr("f.toml has 100000 dots; at most 5000"));
  EXPECT_THAT(message_of([&] { parse_toml(key.substr(0, 10001) + " = 1", "f.toml"); }),
              HasSubstr("f.toml is nested deeper than 100 levels"));
  const Json deepest = parse_toml(key.substr(0, 199) + " = 1", "f.toml");
  EXPECT_EQ(parse_toml(dump_toml(deepest), "again"), deepest);
}

TEST(Toml, FaultsHaveLineAndColumn) {
  EXPECT_THAT(message_of([] { parse_toml("a = 1\nb = = 2\n", "f.toml"); }),
              HasSubstr("f.toml, line 2, column"));
}

}  // namespace
}  // namespace gamut
