#include "gamut/features/picture_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>
#include <numeric>

#include "gamut/core/error.h"
#include "gamut/core/hash.h"
#include "gamut/core/json.h"
#include "gamut/core/npy.h"
#include "gamut/core/text.h"
#include "gamut/core/version.h"

namespace gamut::features {
namespace {

/// Raised whenever the same options give other pictures, so that old and new ones are never mixed.
constexpr int kFrontEndVersion = 1;

constexpr std::size_t kHeaderBytes = 128;

[[noreturn]] void throw_write_error(const std::filesystem::path& path) {
  throw FileError("cannot write " + printable(path.string()) + ": " + std::strerror(errno) +
                      "; what was recorded before is kept, run the same command again once there is room",
                  path);
}

spectra::FrontEndOptions load_options(const std::filesystem::path& path) {
  const Json json = load_json(path);
  const Json made_by =
      json.is_object() && json.contains("front_end_version") ? json.at("front_end_version") : Json(0);
  if (made_by != kFrontEndVersion || !json.contains("front_end")) {
    throw FileError(printable(path.string()) + " was made by version " + dump_json(made_by) +
                        " of the front end, this is version " + std::to_string(kFrontEndVersion) +
                        "; delete its folder and run `gamut extract` again, or use the gamut that made it",
                    path);
  }
  try {
    return spectra::front_end_options_from_json(json.at("front_end"));
  } catch (const ParameterError& error) {
    throw FileError(printable(path.string()) + ": " + error.what(), path);
  }
}

// The shape of one picture in the file: stereo ones have an axis of planes.
std::vector<std::size_t> picture_shape(const spectra::FrontEndOptions& options) {
  std::vector<std::size_t> shape{static_cast<std::size_t>(options.picture_height),
                                 static_cast<std::size_t>(options.picture_width)};
  if (const int planes = signal_count(options.channels); planes > 1) {
    shape.insert(shape.begin(), static_cast<std::size_t>(planes));
  }
  return shape;
}

std::size_t product(const std::vector<std::size_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// Keeps writers from cutting the file. Where it cannot be locked, as on some network file systems, or is not
/// there, nothing is kept.
Descriptor lock_shared(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  while (::flock(file.get(), LOCK_SH) != 0 && errno == EINTR) {
  }
  return file;
}

}  // namespace

std::string picture_checksum(std::span<const std::uint8_t> indices) {
  return sha256_hex(std::as_bytes(indices)).substr(0, 16);
}

Json set_specification(const spectra::FrontEndOptions& options) {
  return to_json(canonical_options(options));
}

std::filesystem::path picture_directory(const std::filesystem::path& workspace, const std::string& set) {
  return workspace / "pictures" / set;
}

bool is_outdated(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / "pictures.json";
  if (!std::filesystem::exists(path)) return false;
  const Json json = load_json(path);
  if (!json.is_object() || !json.contains("front_end_version")) return false;
  const Json& made_by = json.at("front_end_version");
  return made_by.is_number_integer() && made_by.get<std::int64_t>() < kFrontEndVersion;
}

void discard_pictures(const std::filesystem::path& directory) {
  // The specification last: without it nothing says what is left.
  std::filesystem::remove(directory / "pictures.npy");
  std::filesystem::remove(directory / "pictures.json");
}

PictureStoreWriter::PictureStoreWriter(const std::filesystem::path& directory,
                                       const spectra::FrontEndOptions& options, std::size_t recorded_rows)
    : path_(directory / "pictures.npy"),
      picture_shape_(picture_shape(options)),
      picture_bytes_(product(picture_shape_)) {
  const std::filesystem::path json_path = directory / "pictures.json";
  if (std::filesystem::exists(json_path)) {
    if (load_options(json_path) != canonical_options(options)) {
      throw FileError(
          printable(json_path.string()) + " describes another front end than its folder's name says",
          json_path);
    }
  } else {
    save_json(json_path, {{"front_end", set_specification(options)},
                          {"front_end_version", kFrontEndVersion},
                          {"gamut", version()}});
  }
  file_ = Descriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (file_.get() < 0) throw_write_error(path_);
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) throw_write_error(path_);
  const auto size = static_cast<std::size_t>(status.st_size);
  const std::size_t complete_rows = size < kHeaderBytes ? 0 : (size - kHeaderBytes) / picture_bytes_;
  rows_ = std::min(complete_rows, recorded_rows);
  // A training may look at rows whose songs have left the catalogue since.
  const bool is_mapped = rows_ < complete_rows && ::flock(file_.get(), LOCK_EX | LOCK_NB) != 0;
  if (is_mapped) rows_ = complete_rows;
  if (::ftruncate(file_.get(), static_cast<off_t>(kHeaderBytes + rows_ * picture_bytes_)) != 0) {
    throw_write_error(path_);
  }
  sync();
  ::flock(file_.get(), LOCK_UN);
  sync_folder(directory);
}

void PictureStoreWriter::write_at(std::span<const std::byte> bytes, std::size_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0) {
      if (errno == EINTR) continue;
      throw_write_error(path_);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::size_t>(written);
  }
}

std::size_t PictureStoreWriter::append(const spectra::Picture& picture) {
  if (picture.indices.size() != picture_bytes_) {
    throw ParameterError("a picture of " + std::to_string(picture.indices.size()) +
                         " pixels does not fit the set " + printable(path_.string()));
  }
  write_at(std::as_bytes(std::span(picture.indices)), kHeaderBytes + rows_ * picture_bytes_);
  return rows_++;
}

void PictureStoreWriter::sync() {
  std::vector<std::size_t> shape = picture_shape_;
  shape.insert(shape.begin(), rows_);
  const std::string header = make_npy_header("|u1", shape, kHeaderBytes);
  write_at(std::as_bytes(std::span(header)), 0);
  if (::fdatasync(file_.get()) != 0) throw_write_error(path_);
}

PictureStore::PictureStore(const std::filesystem::path& directory)
    : options_(load_options(directory / "pictures.json")),
      lock_(lock_shared(directory / "pictures.npy")),
      file_(directory / "pictures.npy") {
  const std::filesystem::path path = directory / "pictures.npy";
  const NpyHeader header = parse_npy_header(file_.bytes(), path);
  std::vector<std::size_t> shape = picture_shape(options_);
  shape.insert(shape.begin(), header.shape.empty() ? 0 : header.shape.front());
  if (header.type != "|u1" || header.shape != shape ||
      file_.bytes().size() < header.data_offset + header.element_count()) {
    throw FileError(
        printable(path.string()) +
            " is not the picture store that its pictures.json describes; delete the folder and run "
            "`gamut extract` again",
        path);
  }
  rows_ = header.shape[0];
  const std::span<const std::byte> data = file_.bytes().subspan(header.data_offset, header.element_count());
  pixels_ = {reinterpret_cast<const std::uint8_t*>(data.data()), data.size()};
}

spectra::Picture PictureStore::picture(std::size_t row) const {
  const std::size_t size = product(picture_shape(options_));
  if (row >= rows_) {
    throw ParameterError("picture row " + std::to_string(row) + " of " + std::to_string(rows_) +
                         " does not exist");
  }
  const std::span<const std::uint8_t> pixels = pixels_.subspan(row * size, size);
  return {planes(), options_.picture_height, options_.picture_width, {pixels.begin(), pixels.end()}};
}

std::string PictureStore::checksum(std::size_t row) const {
  return picture_checksum(picture(row).indices);
}

}  // namespace gamut::features
