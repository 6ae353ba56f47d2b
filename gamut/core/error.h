#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace gamut {

/// Base of everything gamut throws. what() is a whole sentence for a person: what failed, which value, the
/// limit with its unit, and what to do.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, std::filesystem::path path = {})
      : std::runtime_error(message), path_(std::move(path)) {}

  /// The file concerned; empty where there is none. The message already names it.
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// An option, argument or configuration value out of its range. Exit code 2.
class ParameterError : public Error {
  using Error::Error;
};

/// A file of ours that cannot be read or written, or is not what it claims to be.
class FileError : public Error {
  using Error::Error;
};

/// Audio that cannot be decoded.
class DecodeError : public Error {
  using Error::Error;
};

/// A catalogue, import or split that is inconsistent.
class CatalogueError : public Error {
  using Error::Error;
};

/// Weights, checkpoints and networks that do not fit each other.
class ModelError : public Error {
  using Error::Error;
};

/// The user asked to stop (SIGINT, SIGTERM); what was finished is kept. Exit code 130.
class Interrupted : public Error {
 public:
  Interrupted() : Error("interrupted; what was finished is kept, the same command goes on from here") {}
};

}  // namespace gamut
