#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gamut/features/song_features.h"
#include "gamut/tagging/model_card.h"

namespace gamut::tagging {

/// How scores become decisions.
enum class Decision {
  tuned,      ///< score above the genre's threshold, which was tuned on validation songs
  half,       ///< score above 0.5; origin: paper
  corrected,  ///< probability, corrected for how common the genre is, above 0.5
};
/// "tuned", "0.5" or "corrected", as in a run's results.
std::string_view to_string(Decision decision);
/// @throws ParameterError  an unknown word; the message lists the known ones.
Decision parse_decision(std::string_view word);

/// What a model says of a song and a genre.
struct GenreScore {
  std::string genre;
  double score = 0;        ///< what the network says, 0 to 1; the mean over the song's pictures
  double probability = 0;  ///< the score corrected for how common the genre is, 0 to 1
  double threshold = 0.5;  ///< of the score, or with Decision::corrected of the probability
  bool given = false;      ///< whether the song is given the genre
};

/// What a model says of a song.
struct Prediction {
  Outcome outcome = Outcome::ok;
  std::string reason;              ///< why it is partial or failed
  double duration_s = 0;           ///< of what was decoded
  std::vector<GenreScore> genres;  ///< in the model's order; none where the song failed
  /// The same of a part of the song.
  struct Window {
    double start_s = 0;
    double length_s = 0;
    std::vector<double> scores;  ///< one a genre, in the model's order
  };
  std::vector<Window> timeline;
};

/// Where in a song a model sees a genre.
struct Explanation {
  GenreScore genre;
  spectra::SegmentPicture picture;  ///< the song's, or that of its segment with the highest score
  double length_s = 0;              ///< that the picture shows
  /// How much each pixel speaks for the genre, 0 to 1: shape [height, width], row 0 = lowest frequency; all 0
  /// where nothing does. Grad-CAM.
  std::vector<float> heat;
  std::vector<float> embedding;  ///< what the genre's network makes of the picture, [features]
};

struct ModelOptions {
  std::string device = "auto";  ///< auto, cpu or cuda
  bool verify = true;           ///< compare every file with its checksum first
};

/// A trained ensemble at work: pictures in, a score a genre out. Immutable and thread-safe; its header is
/// free of Torch.
class Model {
 public:
  /// Loads a model directory as `gamut export model` writes it.
  /// @throws FileError   a file is missing.
  /// @throws ModelError  no model, a damaged one, or networks that are not what model.json says.
  /// @throws ParameterError  "cuda" where there is none.
  explicit Model(const std::filesystem::path& directory, const ModelOptions& options = {});
  ~Model();
  Model(Model&&) noexcept;

  const ModelCard& card() const { return card_; }

  /// Scores songs, all their pictures in common batches.
  ///
  /// @param songs    failed ones keep their outcome and get no scores.
  /// @param threads  of this call's networks; at least 1.
  /// @param check    called before each network looks at each batch of pictures; what it throws ends the
  /// work.
  /// @return one a song.
  /// @throws ParameterError  pictures of another front end than the networks have learned from; the message
  /// lists what differs.
  std::vector<Prediction> predict(
      std::span<const features::SongFeatures> songs, Decision decision = Decision::tuned, int threads = 1,
      const std::function<void()>& check = [] {}) const;

  /// Decodes and scores one song, on one thread.
  /// @throws DecodeError  it is no audio that can be read.
  Prediction predict(const std::filesystem::path& path, Decision decision = Decision::tuned) const;

  /// Shows where in a song a genre was seen.
  /// @param song   with pictures.
  /// @throws ParameterError  a genre that the model does not know (the message lists those it does), or
  /// features of another front end.
  /// @throws DecodeError     a song that failed.
  Explanation explain(const features::SongFeatures& song, const std::string& genre,
                      Decision decision = Decision::tuned) const;

 private:
  struct Networks;
  ModelCard card_;
  std::unique_ptr<const Networks> networks_;
};

}  // namespace gamut::tagging
