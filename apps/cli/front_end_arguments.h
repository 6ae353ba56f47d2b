#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "gamut/spectra/front_end.h"

namespace gamut::cli {

/// The front-end options of a verb, under librosa's names.
class FrontEndArguments {
 public:
  /// Adds the options to a verb. The object must outlive parsing.
  void add_to(CLI::App& verb);

  /// @throws ParameterError  a value out of its range.
  spectra::FrontEndOptions options() const;

 private:
  spectra::FrontEndOptions options_;
  bool htk_ = false;
  std::string mel_norm_ = "slaney";
  std::string picture_size_ = "250x250";
  std::string reduce_ = "nearest";
  std::string channels_ = "mono";
  std::string window_ = "hann";
};

}  // namespace gamut::cli
