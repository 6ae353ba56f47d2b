#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gamut {

/// How a file of rows is written.
struct CsvFormat {
  char separator = ',';
  bool quotes = true;       ///< false: a quote is a letter like others, as in most TSV files
  int header_rows = 1;      ///< >= 1; the names of one column are joined by dots: `track.title`
  bool open_ended = false;  ///< a row may have more fields than the header: its last column is a list
};

/// Streams a CSV file with a header row (RFC 4180: quotes, doubled quotes, newlines inside quotes; also CRLF
/// and a UTF-8 byte-order mark). Blank lines are skipped.
///
///     CsvReader csv(path);
///     while (csv.next()) use(csv.line(), csv["path"]);
class CsvReader {
 public:
  /// @throws FileError  missing, unreadable, empty, or a header with two columns of one name.
  explicit CsvReader(const std::filesystem::path& path, const CsvFormat& format = {});
  CsvReader(const std::filesystem::path& path, char separator)
      : CsvReader(path, CsvFormat{.separator = separator}) {}

  /// Reads from a stream instead of a file.
  /// @param path  what messages call it.
  /// @throws FileError  empty, or a header with two columns of one name.
  CsvReader(std::unique_ptr<std::istream> stream, const std::filesystem::path& path,
            const CsvFormat& format = {});

  const std::vector<std::string>& columns() const { return columns_; }
  bool has_column(std::string_view name) const;

  /// Advances to the next row. False at the end.
  /// @throws FileError  the file cannot be read further.
  bool next();

  /// The line on which the current row starts, counted from 1.
  std::size_t line() const { return line_; }

  /// What is wrong with the current row: a wrong number of fields, a quote left open. Empty where nothing is.
  const std::string& fault() const { return fault_; }

  /// The current row's field; "" where a faulty row lacks it.
  /// @throws ParameterError  no such column.
  const std::string& operator[](std::string_view column) const;
  const std::vector<std::string>& fields() const { return fields_; }

 private:
  void read_header(const std::string& name);
  bool read_record(std::vector<std::string>& fields);

  std::filesystem::path path_;
  std::unique_ptr<std::istream> stream_;
  CsvFormat format_;
  std::vector<std::string> columns_;
  std::map<std::string, std::size_t, std::less<>> index_;  // of columns_
  std::vector<std::string> fields_;
  std::string fault_;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
};

/// One CSV line with its newline; fields are quoted only where they must be.
std::string csv_row(const std::vector<std::string>& fields, char separator = ',');

}  // namespace gamut
