#include "gamut/core/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "tests/support/test_data.h"

namespace gamut {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Csv : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) {
    save_atomically(directory_ / "table.csv", text);
    return directory_ / "table.csv";
  }
  std::string failure_of(const std::string& text) {
    try {
      CsvReader reader(write(text));
    } catch (const FileError& error) {
      return error.what();
    }
    return "";
  }
  test::TemporaryDirectory directory_;
};

TEST_F(Csv, ReadsQuotesNewlinesAndDoubledQuotes) {
  CsvReader csv(write("a,b\n\"x,\"\"y\"\"\n2\",「3」\n"));
  ASSERT_TRUE(csv.next());
  EXPECT_THAT(csv.fields(), ElementsAre("x,\"y\"\n2", "「3」"));
  EXPECT_EQ(csv.line(), 2u);
  EXPECT_FALSE(csv.next());
}

TEST_F(Csv, CountsLinesAcrossQuotedNewlinesAndBlankLines) {
  CsvReader csv(
      write("\xef\xbb\xbf"
            "a,b\r\n\"1\n1\",2\r\n\r\n3,4"));
  EXPECT_THAT(csv.columns(), ElementsAre("a", "b"));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.line(), 2u);
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.line(), 5u);
  EXPECT_EQ(csv["b"], "4");
}

TEST_F(Csv, ReportsRowsOfAnotherLengthAndOpenQuotes) {
  CsvReader csv(write("a,b\n1\n1,2,3\n1,\"2\n"));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fault(), "1 fields where the header has 2");
  EXPECT_EQ(csv["b"], "");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fault(), "3 fields where the header has 2");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fault(), "a quote is never closed");
}

TEST_F(Csv, RefusesFilesWithoutUsableHeader) {
  EXPECT_THAT(failure_of(""), HasSubstr("is empty"));
  EXPECT_THAT(failure_of("a,a\n"), HasSubstr("two columns named \"a\""));
  EXPECT_THROW(CsvReader(directory_ / "none.csv"), FileError);
  EXPECT_THROW(CsvReader(directory_.path()), FileError);
}

TEST_F(Csv, ColumnsWithoutANameMayBeSeveral) {
  CsvReader csv(write("a,b,,\n1,2,,\n"));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fault(), "");
  EXPECT_EQ(csv["b"], "2");
}

TEST_F(Csv, UnknownColumnNamesTheKnownOnes) {
  CsvReader csv(write("a,b\n1,2\n"));
  csv.next();
  try {
    csv["c"];
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.what(), HasSubstr("it has a and b"));
  }
}

// The memory of a process, whose first page nobody has, cannot be read from its start.
TEST_F(Csv, AReadErrorNamesTheFile) {
  try {
    CsvReader("/proc/self/mem");
    FAIL();
  } catch (const FileError& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot read /proc/self/mem: Input/output error"));
  }
}

TEST_F(Csv, HeadersOfSeveralRowsAreJoinedByDots) {
  CsvReader csv(write(",album,track\n,title,title\n7,A,T\n"), CsvFormat{.header_rows = 2});
  EXPECT_THAT(csv.columns(), ElementsAre("", "album.title", "track.title"));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv["track.title"], "T");
  EXPECT_EQ(csv.line(), 3u);
}

TEST_F(Csv, AnOpenEndedRowMayHaveMoreFieldsButNotFewer) {
  const CsvFormat format{.separator = '\t', .quotes = false, .open_ended = true};
  CsvReader csv(write("id\ttags\n1\t\"a\tb\n2\n"), format);
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fault(), "");
  EXPECT_THAT(csv.fields(), ElementsAre("1", "\"a", "b"));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fault(), "1 fields where the header has 2");
}

TEST_F(Csv, RowsReadBackAsTheyWereWritten) {
  const std::vector<std::string> fields{"plain", "", "a,b", "quote\"", "line\nbreak", "\r", " blank "};
  const std::vector<std::string> header{"1", "2", "3", "4", "5", "6", "7"};
  CsvReader csv(write(csv_row(header) + csv_row(fields)));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fields(), fields);
}

}  // namespace
}  // namespace gamut
