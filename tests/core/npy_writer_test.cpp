#include "gamut/core/npy_writer.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <thread>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/npy.h"
#include "tests/support/test_data.h"

namespace gamut {
namespace {

using gamut::test::TemporaryDirectory;

TEST(NpyFloatWriter, PiecesFromAnyThreadMakeTheFileThatSaveNpyWrites) {
  const TemporaryDirectory folder;
  const std::array<std::size_t, 2> shape{40, 25};
  std::vector<float> values(1000);
  std::iota(values.begin(), values.end(), 0.5F);
  save_npy(folder / "whole.npy", values, shape);
  NpyFloatWriter writer(folder / "new/pieces.npy", shape);
  {
    std::vector<std::jthread> threads;
    for (std::size_t first : {750U, 0U, 500U, 250U}) {
      threads.emplace_back([&, first] { writer.write(first, std::span(values).subspan(first, 250)); });
    }
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "new/pieces.npy"));
  writer.finish();
  EXPECT_TRUE(load_text(folder / "new/pieces.npy") == load_text(folder / "whole.npy"));
}

TEST(NpyFloatWriter, AnUnfinishedArrayLeavesNothing) {
  const TemporaryDirectory folder;
  const std::array<std::size_t, 1> shape{10};
  { NpyFloatWriter writer(folder / "a.npy", shape); }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(NpyFloatWriter, ADiskWithoutRoomIsSaidBeforeTheWork) {
  const TemporaryDirectory folder;
  const std::array<std::size_t, 2> shape{std::size_t{1} << 30, std::size_t{1} << 28};
  EXPECT_THROW(NpyFloatWriter(folder / "a.npy", shape), FileError);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace gamut
