#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "gamut/core/descriptor.h"
#include "gamut/core/files.h"
#include "gamut/core/json_fwd.h"
#include "gamut/spectra/front_end.h"

namespace gamut::features {

/// Identifies a picture's bytes: the first 16 hex digits of their SHA-256.
std::string picture_checksum(std::span<const std::uint8_t> indices);

/// What decides a set's pictures, as its pictures.json and the catalogue keep it: the canonical front-end
/// options.
Json set_specification(const spectra::FrontEndOptions& options);

/// Where a picture set lives: WORKSPACE/pictures/<set>.
std::filesystem::path picture_directory(const std::filesystem::path& workspace, const std::string& set);

/// Whether the pictures there were drawn by an older version of the front end, which these programs cannot go
/// on with.
bool is_outdated(const std::filesystem::path& directory);

/// Deletes a picture set's files; what the catalogue has recorded of them must be gone before.
void discard_pictures(const std::filesystem::path& directory);

/// Appends pictures to `pictures.npy`, uint8 [rows, height, width], of stereo sets [rows, 2, height, width].
///
/// A row counts once the catalogue has recorded it, which happens after sync(). Whatever a killed process
/// left behind that point is cut off when the store is opened again, so a torn row is never seen. While
/// anybody has the pictures mapped, whole rows stay instead, and nothing refers to them.
class PictureStoreWriter {
 public:
  /// Opens or makes the set's files. Rows from `recorded_rows` on are cut off, unless a PictureStore is open.
  /// @throws FileError  the files belong to another front end, version or picture size, or cannot be written.
  PictureStoreWriter(const std::filesystem::path& directory, const spectra::FrontEndOptions& options,
                     std::size_t recorded_rows);

  /// Rows in the file: fewer than were recorded where the file was lost or cut, more where a PictureStore is
  /// open that may have them.
  std::size_t rows() const { return rows_; }

  /// @return the picture's row.
  /// @throws FileError  the disk is full.
  std::size_t append(const spectra::Picture& picture);

  /// Forces rows and the shape in the file's head to the disk.
  void sync();

 private:
  void write_at(std::span<const std::byte> bytes, std::size_t offset);

  std::filesystem::path path_;
  Descriptor file_;
  std::vector<std::size_t> picture_shape_;
  std::size_t picture_bytes_;
  std::size_t rows_ = 0;
};

/// A picture set on disk, mapped read-only: pages are read when they are looked at. No writer takes rows away
/// meanwhile.
class PictureStore {
 public:
  /// @throws FileError  missing, cut short, or made by another version of the front end.
  explicit PictureStore(const std::filesystem::path& directory);

  const spectra::FrontEndOptions& options() const { return options_; }
  std::size_t rows() const { return rows_; }
  int planes() const { return signal_count(options_.channels); }
  /// All pictures, shape [rows, planes, height, width]; row 0 of a plane is its lowest frequency.
  std::span<const std::uint8_t> pixels() const { return pixels_; }
  spectra::Picture picture(std::size_t row) const;
  std::string checksum(std::size_t row) const;

 private:
  spectra::FrontEndOptions options_;
  Descriptor lock_;  // shared, on pictures.npy: taken before it is mapped
  MappedFile file_;
  std::size_t rows_ = 0;
  std::span<const std::uint8_t> pixels_;
};

}  // namespace gamut::features
