#include "gamut/core/csv.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "gamut/core/error.h"
#include "gamut/core/text.h"

namespace gamut {
namespace {

std::unique_ptr<std::istream> open(const std::filesystem::path& path) {
  const std::string name = printable(path.string());
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw FileError(name + " is a directory, not a CSV file", path);
  }
  auto stream = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*stream) throw FileError("cannot open " + name + ": " + std::strerror(errno), path);
  return stream;
}

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& path, const CsvFormat& format)
    : CsvReader(open(path), path, format) {}

CsvReader::CsvReader(std::unique_ptr<std::istream> stream, const std::filesystem::path& path,
                     const CsvFormat& format)
    : path_(path), stream_(std::move(stream)), format_(format) {
  const std::string name = printable(path.string());
  if (stream_->peek() == 0xef) {
    char mark[3];
    stream_->read(mark, 3);
    if (std::string_view(mark, 3) != "\xef\xbb\xbf") {
      throw FileError(name + " starts with bytes that are neither text nor a UTF-8 mark", path);
    }
  }
  read_header(name);
}

void CsvReader::read_header(const std::string& name) {
  for (int row = 0; row < format_.header_rows; ++row) {
    std::vector<std::string> names;
    if (!read_record(names)) {
      const char* what = format_.header_rows == 1 ? "first line" : "first lines";
      throw FileError(name + " is empty; its " + what + " must name the columns", path_);
    }
    if (!fault_.empty()) throw FileError(name + ", line " + std::to_string(line_) + ": " + fault_, path_);
    columns_.resize(std::max(columns_.size(), names.size()));
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string_view part = trim(names[i]);
      if (!columns_[i].empty() && !part.empty()) columns_[i] += '.';
      columns_[i] += part;
    }
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool is_new = index_.emplace(columns_[i], i).second;
    if (!is_new && !columns_[i].empty()) {  // spreadsheets write separators behind the last name
      throw FileError(name + " has two columns named \"" + printable(columns_[i]) + "\"", path_);
    }
  }
}

bool CsvReader::has_column(std::string_view name) const {
  return index_.contains(name);
}

bool CsvReader::next() {
  if (!read_record(fields_)) return false;
  const bool too_many = fields_.size() > columns_.size() && !format_.open_ended;
  if (fault_.empty() && (fields_.size() < columns_.size() || too_many)) {
    fault_ =
        std::to_string(fields_.size()) + " fields where the header has " + std::to_string(columns_.size());
  }
  return true;
}

const std::string& CsvReader::operator[](std::string_view column) const {
  static const std::string kNone;
  const auto found = index_.find(column);
  if (found == index_.end()) {
    throw ParameterError(printable(path_.string()) + " has no column \"" + std::string(column) +
                         "\"; it has " + join_words(columns_));
  }
  return found->second < fields_.size() ? fields_[found->second] : kNone;
}

bool CsvReader::read_record(std::vector<std::string>& fields) try {
  std::streambuf& input = *stream_->rdbuf();
  constexpr int kEnd = std::streambuf::traits_type::eof();
  while (true) {
    fields.assign(1, "");
    fault_.clear();
    line_ = next_line_;
    bool quoted = false;
    bool any = false;
    int c = kEnd;
    while ((c = input.sbumpc()) != kEnd) {
      if (c == '\n') ++next_line_;
      std::string& field = fields.back();
      if (quoted) {
        if (c != '"') {
          field += static_cast<char>(c);
        } else if (input.sgetc() == '"') {
          field += static_cast<char>(input.sbumpc());
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.empty() && format_.quotes) {
        quoted = any = true;
      } else if (c == format_.separator) {
        fields.emplace_back();
        any = true;
      } else if (c == '\n') {
        break;
      } else if (c != '\r' || (input.sgetc() != '\n' && input.sgetc() != kEnd)) {
        field += static_cast<char>(c);
        any = true;
      }
    }
    if (quoted) fault_ = "a quote is never closed";
    if (any) return true;
    if (c == kEnd) return false;
  }
} catch (const std::ios_base::failure& failure) {
  throw FileError("cannot read " + printable(path_.string()) + ": " + failure.code().message(), path_);
}

std::string csv_row(const std::vector<std::string>& fields, char separator) {
  std::string row;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) row += separator;
    const std::string& field = fields[i];
    const bool blank_row = fields.size() == 1 && field.empty();
    if (!blank_row && field.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) {
      row += field;
      continue;
    }
    row += '"';
    for (char c : field) {
      if (c == '"') row += '"';
      row += c;
    }
    row += '"';
  }
  return row + "\n";
}

}  // namespace gamut
