#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gamut::tags {

/// Replaces a file by an edited copy, so that at every moment the old file or the new one is there, whole.
///
///     Replacement replacement(path);
///     edit(replacement.copy());
///     replacement.commit(…);      // or nothing: the copy goes away
///
/// A symbolic link stays, and the file that it leads to is replaced. Of several hard links the one named is
/// replaced, and the others keep the old file. Permissions, owner, group and extended attributes (access
/// lists too) are kept where the system allows it; notes() says where not.
class Replacement {
 public:
  /// Copies the file to a hidden file beside it, `.gamut-tag-….tmp`, where the disk can do it without copying
  /// bytes.
  /// @throws FileError  no regular file, write-protected, its folder is, or the disk is full.
  explicit Replacement(const std::filesystem::path& path);
  ~Replacement();
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  /// The file itself, behind all links.
  const std::filesystem::path& target() const { return target_; }
  const std::filesystem::path& copy() const { return copy_; }
  /// SHA-256 of the old file's bytes.
  const std::string& old_sha256() const { return old_sha256_; }
  const std::vector<std::string>& notes() const { return notes_; }

  /// Brings the edited copy to the disk and renames it over the file.
  /// @param keep_mtime  whether the new file has the old one's modification time.
  /// @param record      is handed the new file's SHA-256 when all is ready and nothing is replaced yet; what
  ///                    it throws stops the replacement.
  /// @throws FileError  the file changed meanwhile, or the disk is full; the file is untouched.
  void commit(bool keep_mtime, const std::function<void(const std::string& new_sha256)>& record);

 private:
  struct Files;
  std::filesystem::path target_, copy_;
  std::string old_sha256_;
  std::vector<std::string> notes_;
  std::unique_ptr<Files> files_;
};

/// Removes what killed processes left in a folder: copies that no living process holds.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace gamut::tags
