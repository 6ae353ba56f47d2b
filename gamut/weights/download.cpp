#include "gamut/weights/download.h"

#include <curl/curl.h>
#include <fmt/core.h>
#include <strings.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <string_view>

#include "gamut/core/error.h"
#include "gamut/core/files.h"
#include "gamut/core/hash.h"
#include "gamut/core/interrupt.h"
#include "gamut/core/progress.h"
#include "gamut/core/text.h"
#include "gamut/core/version.h"
#include "gamut/weights/published.h"

namespace gamut::weights {
namespace {

using Clock = std::chrono::steady_clock;

constexpr long kMostRedirects = 10;
constexpr long kPartialContent = 206;
constexpr long kRangeNotSatisfiable = 416;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
struct CleanUp {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};

std::unique_ptr<CURL, CleanUp> make_curl() {
  static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);  // once a process
  std::unique_ptr<CURL, CleanUp> curl(kReady == CURLE_OK ? curl_easy_init() : nullptr);
  if (!curl) throw ModelError("libcurl does not start");
  return curl;
}

[[noreturn]] void fail(const Download& download, const std::string& reason) {
  const std::string size = download.bytes ? " (" + size_text(*download.bytes) + ")" : "";
  throw ModelError(fmt::format("cannot fetch {}{} from {}: {}. Otherwise get it elsewhere and put it at {}",
                               printable(download.target.filename().string()), size,
                               printable(download.address), reason, printable(download.target.string())),
                   download.target);
}

// One request: from the end of the part that is there, into it.
class Transfer {
 public:
  Transfer(const Download& download, const std::filesystem::path& part)
      : download_(download),
        part_(part),
        file_(std::fopen(part.c_str(), "ab")),
        start_(std::filesystem::file_size(part)),
        curl_(make_curl()) {
    if (!file_) throw_write_error();
    set(CURLOPT_URL, download.address.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, download.address.starts_with("https:") ? "https" : "http,https");
    set(CURLOPT_FOLLOWLOCATION, 1L);
    set(CURLOPT_MAXREDIRS, kMostRedirects);
    set(CURLOPT_FAILONERROR, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_USERAGENT, ("gamut/" + std::string(version())).c_str());
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(download.timeout.count()));
    set(CURLOPT_ERRORBUFFER, message_.data());
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_bytes);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
    set(CURLOPT_XFERINFODATA, this);
    if (start_ > 0) set(CURLOPT_RANGE, (std::to_string(start_) + "-").c_str());
  }

  // False where the server has nothing from the end of the part on.
  bool run() {
    const CURLcode code = curl_easy_perform(curl_.get());
    progress_.reset();
    if (code == CURLE_ABORTED_BY_CALLBACK) check_interrupted();
    if (write_error_ == 0 && (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0))
      write_error_ = errno;
    if (write_error_ != 0) throw_write_error();
    if (code == CURLE_OK) return true;
    if (code == CURLE_HTTP_RETURNED_ERROR && status() == kRangeNotSatisfiable && start_ > 0) return false;
    fail(download_, reason(code));
  }

 private:
  template <class T>
  void set(CURLoption option, T value) {
    curl_easy_setopt(curl_.get(), option, value);
  }

  long status() const {
    long code = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &code);
    return code;
  }

  std::string reason(CURLcode code) const {
    if (!refusal_.empty()) return refusal_;
    std::string text = *message_.data() != '\0' ? message_.data() : curl_easy_strerror(code);
    if (code == CURLE_HTTP_RETURNED_ERROR)
      text = fmt::format("the server answers with HTTP error {}", status());
    if (code == CURLE_TOO_MANY_REDIRECTS)
      text = fmt::format("the server redirects more than {} times", kMostRedirects);
    if (code == CURLE_ABORTED_BY_CALLBACK)
      text = fmt::format("the server sent nothing for {} s", download_.timeout.count());
    const std::uint64_t kept = std::filesystem::file_size(part_);
    if (kept == 0) return text;
    return fmt::format("{}; {} bytes are kept in {}, and the same command goes on from there", text, kept,
                       printable(part_.string()));
  }

  [[noreturn]] void throw_write_error() const {
    throw FileError("cannot write " + printable(part_.string()) + ": " +
                        std::strerror(write_error_ != 0 ? write_error_ : errno),
                    part_);
  }

  // Called for each answer in a row of redirects; the last one's range counts.
  static std::size_t on_header(char* text, std::size_t, std::size_t size, void* self) {
    static constexpr std::string_view kRange = "content-range: bytes ";
    const std::string_view line(text, size);
    std::uint64_t& start = static_cast<Transfer*>(self)->answer_start_;
    if (line.starts_with("HTTP/")) start = 0;
    if (size > kRange.size() && ::strncasecmp(text, kRange.data(), kRange.size()) == 0)
      std::from_chars(text + kRange.size(), text + size, start);
    return size;
  }

  static std::size_t on_bytes(char* bytes, std::size_t, std::size_t size, void* self) {
    return static_cast<Transfer*>(self)->take({bytes, size}) ? size : 0;
  }

  // Called about every second, whether bytes come or not.
  static int on_progress(void* self, curl_off_t, curl_off_t n_received, curl_off_t, curl_off_t) {
    return interrupted() || static_cast<Transfer*>(self)->is_stalled(n_received) ? 1 : 0;
  }

  // Making the connection has a limit of its own.
  bool is_stalled(curl_off_t n_received) {
    curl_off_t connected_us = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_CONNECT_TIME_T, &connected_us);
    if (n_received != n_received_ || connected_us == 0) received_ = Clock::now();
    n_received_ = n_received;
    return Clock::now() - received_ > download_.timeout;
  }

  bool take(std::string_view bytes) {
    if (!begun_ && !begin()) return false;
    begun_ = true;
    if (download_.bytes && position_ + bytes.size() > *download_.bytes) {
      refusal_ =
          fmt::format("the server sends more than its {} bytes, so it is another file", *download_.bytes);
      return false;
    }
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
      write_error_ = errno;
      return false;
    }
    const std::uint64_t before = position_ >> 20;
    position_ += bytes.size();
    if (progress_ && position_ >> 20 > before) progress_->advance((position_ >> 20) - before);
    return true;
  }

  // Compares the answer with what was asked for; a server that knows no ranges sends the file from its start.
  bool begin() {
    position_ = status() == kPartialContent ? answer_start_ : 0;
    if (position_ != start_ && position_ != 0) {
      refusal_ = fmt::format("the server sends the bytes from {} on, not from {}", position_, start_);
      return false;
    }
    curl_off_t length = -1;
    curl_easy_getinfo(curl_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    if (length >= 0) {
      const std::uint64_t total = position_ + static_cast<std::uint64_t>(length);
      if (download_.bytes && total != *download_.bytes) {
        refusal_ = fmt::format("the server's file has {} bytes, so it is another one", total);
        return false;
      }
      progress_ = std::make_unique<Progress>(printable(download_.target.filename().string()) + ", MiB",
                                             (total >> 20) - (position_ >> 20));
    }
    if (position_ != start_ && ::ftruncate(::fileno(file_.get()), 0) != 0) {
      write_error_ = errno;
      return false;
    }
    return true;
  }

  const Download& download_;
  const std::filesystem::path& part_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::uint64_t start_;
  std::unique_ptr<CURL, CleanUp> curl_;
  std::array<char, CURL_ERROR_SIZE> message_{};
  std::unique_ptr<Progress> progress_;
  std::uint64_t answer_start_ = 0;
  std::uint64_t position_ = 0;
  bool begun_ = false;
  curl_off_t n_received_ = 0;
  Clock::time_point received_ = Clock::now();
  std::string refusal_;
  int write_error_ = 0;
};

void fetch_part(const Download& download, const std::filesystem::path& part) {
  const std::uint64_t have = std::filesystem::file_size(part);
  if (download.bytes && have == *download.bytes) return;  // stopped between the last byte and the renaming
  if (download.bytes && have > *download.bytes) std::filesystem::resize_file(part, 0);
  if (Transfer(download, part).run()) return;
  std::filesystem::resize_file(part, 0);
  if (!Transfer(download, part).run()) fail(download, "the server does not send its start");
}

void check_hash(const Download& download, const std::filesystem::path& part) {
  const std::string hash = sha256_file(part);
  if (hash.starts_with(download.sha256_start)) return;
  const std::uint64_t bytes = std::filesystem::file_size(part);
  std::filesystem::resize_file(part, 0);
  fail(download,
       fmt::format(
           "what came ({} bytes) has a SHA-256 that begins with {}, not with {}, so it is damaged or another "
           "file; nothing of it is kept",
           bytes, hash.substr(0, download.sha256_start.size()), download.sha256_start));
}

/// Removes a file when it goes out of scope.
class FileRemoval {
 public:
  explicit FileRemoval(std::filesystem::path path) : path_(std::move(path)) {}
  FileRemoval(const FileRemoval&) = delete;
  FileRemoval& operator=(const FileRemoval&) = delete;
  ~FileRemoval() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace

void download(const Download& download) {
  const std::filesystem::path part = download.target.string() + ".part";
  const std::filesystem::path lock_file = part.string() + ".lock";  // a lock's file says who holds it
  const FileLock lock(lock_file, "fetching " + printable(download.target.filename().string()));
  const FileRemoval removal(lock_file);
  std::ofstream(part, std::ios::app).flush();  // made where there is none
  try {
    fetch_part(download, part);
    check_hash(download, part);
    std::filesystem::rename(part, download.target);
  } catch (const std::filesystem::filesystem_error& error) {
    throw FileError("cannot write " + printable(download.target.string()) + ": " + error.code().message(),
                    download.target);
  } catch (...) {
    std::error_code ignored;
    if (std::filesystem::file_size(part, ignored) == 0) std::filesystem::remove(part, ignored);
    throw;
  }
}

}  // namespace gamut::weights
