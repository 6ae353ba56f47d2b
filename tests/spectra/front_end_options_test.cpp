#include "gamut/spectra/front_end_options.h"
#include "gamut/core/json.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "gamut/core/error.h"
#include "tests/spectra/expect_message.h"

namespace gamut::spectra {
namespace {

TEST(FrontEndOptions, DefaultsAreValidForEveryScale) {
  for (const char* scale : {"linear", "mel", "linear-bands"})
    EXPECT_NO_THROW(FrontEndOptions{.scale = scale}.validate());
}

struct BadOption {
  std::string name;
  std::function<void(FrontEndOptions&)> spoil;
  std::string message;
};

class BadFrontEndOption : public testing::TestWithParam<BadOption> {};

TEST_P(BadFrontEndOption, IsRefusedWithValueAndLimit) {
  FrontEndOptions options;
  GetParam().spoil(options);
  EXPECT_PARAMETER_ERROR(options.validate(), testing::HasSubstr(GetParam().message));
}

const std::vector<BadOption> kBadOptions = {
    {"Scale", [](auto& o) { o.scale = "barq"; }, "unknown scale \"barq\"; known are linear, mel"},
    {"SampleRate", [](auto& o) { o.sample_rate_hz = 0; }, "sample_rate_hz is 0 Hz; it must be above 0"},
    {"OddFft", [](auto& o) { o.n_fft = 2047; }, "n_fft is 2047 samples; it must be even and from 2 to 65536"},
    {"HugeFft", [](auto& o) { o.n_fft = 131072; },
     "n_fft is 131072 samples; it must be even and from 2 to 65536"},
    {"Hop", [](auto& o) { o.hop_length = 0; }, "hop_length is 0 samples; it must be at least 1"},
    {"NoBands", [](auto& o) { o.n_bands = 0; }, "n_bands is 0 bands; it must be from 1 to 4096"},
    {"Fmin", [](auto& o) { o.fmin_hz = -1; }, "fmin is -1 Hz; it must be at least 0 Hz"},
    {"FmaxAboveNyquist", [](auto& o) { o.fmax_hz = 12000; },
     "fmax is 12000 Hz; it must be at most 11025 Hz, half the sampling rate of 22050 Hz"},
    {"FminAboveFmax",
     [](auto& o) {
       o.fmin_hz = 5000;
       o.fmax_hz = 4000;
     },
     "fmin is 5000 Hz; it must be below fmax, 4000 Hz"},
    {"WinLength", [](auto& o) { o.win_length = 4096; },
     "win_length is 4096 samples; it must be from 1 to n_fft, 2048"},
    {"BinsPerOctave", [](auto& o) { o.bins_per_octave = 0; },
     "bins_per_octave is 0 bins; it must be from 1 to 1200"},
    {"Gamma", [](auto& o) { o.gamma_hz = -1; }, "gamma is -1 Hz; it must be from 0 Hz"},
    {"Segment", [](auto& o) { o.segment_s = 0; }, "segment is 0 s; it must be from 0.1 to 36000 s"},
    {"SegmentHop",
     [](auto& o) {
       o.segment_s = 3;
       o.segment_hop_s = 0.01;
     },
     "segment_hop is 0.01 s; it must be from 0.1 to 36000 s"},
    {"SegmentHopAlone", [](auto& o) { o.segment_hop_s = 3; }, "segment_hop is given without segment"},
    {"TopDb", [](auto& o) { o.top_db = 0; }, "top_db is 0 dB; it must be above 0 dB"},
    {"EndlessTopDb", [](auto& o) { o.top_db = std::numeric_limits<double>::infinity(); },
     "top_db is inf dB; it must be above 0 dB and finite"},
    {"Width", [](auto& o) { o.picture_width = 0; }, "picture_width is 0 pixels; it must be from 1 to 4096"},
    {"Height", [](auto& o) { o.picture_height = 5000; },
     "picture_height is 5000 pixels; it must be from 1 to 4096"},
    {"OneLinearBand",
     [](auto& o) {
       o.scale = "linear-bands";
       o.n_bands = 1;
     },
     "n_bands is 1; linear bands need at least 2"},
};

INSTANTIATE_TEST_SUITE_P(Each, BadFrontEndOption, testing::ValuesIn(kBadOptions),
                         [](const auto& info) { return info.param.name; });

TEST(FrontEndOptions, ReportsEveryFaultAtOnce) {
  FrontEndOptions options{.scale = "barq", .n_fft = 3, .hop_length = -1, .fmax_hz = 99999, .top_db = -80};
  EXPECT_PARAMETER_ERROR(
      options.validate(),
      testing::AllOf(testing::HasSubstr("barq"), testing::HasSubstr("n_fft is 3"),
                     testing::HasSubstr("hop_length is -1"), testing::HasSubstr("fmax is 99999"),
                     testing::HasSubstr("top_db is -80")));
}

TEST(FrontEndOptions, RoundTripThroughJson) {
  const FrontEndOptions options{.scale = "linear-bands",
                                .reduce = Reduce::mean,
                                .sample_rate_hz = 12000,
                                .channels = Channels::side,
                                .n_fft = 512,
                                .hop_length = 256,
                                .window = WindowShape::blackman,
                                .win_length = 400,
                                .n_bands = 96,
                                .fmin_hz = 20.5,
                                .fmax_hz = 5999.25,
                                .bins_per_octave = 24,
                                .gamma_hz = 2.5,
                                .mel_formula = MelFormula::htk,
                                .mel_norm = MelNorm::none,
                                .top_db = 60,
                                .picture_width = 128,
                                .picture_height = 64,
                                .segment_s = 3,
                                .segment_hop_s = 1.5};
  EXPECT_EQ(front_end_options_from_json(to_json(options)), options);
  EXPECT_EQ(front_end_options_from_json(to_json(FrontEndOptions{})), FrontEndOptions{});
  EXPECT_EQ(front_end_options_from_json(Json::object()), FrontEndOptions{});
  EXPECT_EQ(front_end_options_from_json({{"scale", "linear"}}), FrontEndOptions{.scale = "linear"});
}

TEST(FrontEndOptions, JsonWithFaultsIsRefused) {
  EXPECT_PARAMETER_ERROR(front_end_options_from_json({{"n_ftt", 2048}}), testing::HasSubstr("\"n_ftt\""));
  EXPECT_PARAMETER_ERROR(front_end_options_from_json({{"n_fft", "long"}}),
                         testing::HasSubstr("n_fft has the wrong type"));
  EXPECT_PARAMETER_ERROR(front_end_options_from_json({{"reduce", "median"}}),
                         testing::HasSubstr("unknown reduce \"median\"; known are nearest and mean"));
  EXPECT_PARAMETER_ERROR(front_end_options_from_json({{"top_db", -1}}),
                         testing::HasSubstr("top_db is -1 dB"));
}

TEST(PictureSetName, IsScaleReduceAndEightHexDigits) {
  EXPECT_THAT(picture_set_name({.scale = "mel", .reduce = Reduce::nearest}),
              testing::MatchesRegex("mel-nearest-[0-9a-f]{8}"));
  EXPECT_THAT(picture_set_name({.scale = "linear-bands", .reduce = Reduce::mean}),
              testing::MatchesRegex("linear-bands-mean-[0-9a-f]{8}"));
}

// Names are folders on users' disks: a change of these digits orphans their pictures.
TEST(PictureSetName, StaysWhatItWas) {
  EXPECT_EQ(picture_set_name({.scale = "linear"}), "linear-nearest-44136fa3");
  EXPECT_EQ(picture_set_name({.scale = "mel"}), "mel-nearest-44136fa3");
}

TEST(PictureSetName, DependsOnEveryOptionThatTheScaleReads) {
  const std::string name = picture_set_name({});
  EXPECT_NE(picture_set_name({.sample_rate_hz = 44100}), name);
  EXPECT_NE(picture_set_name({.channels = Channels::left}), name);
  EXPECT_NE(picture_set_name({.n_fft = 1024}), name);
  EXPECT_NE(picture_set_name({.hop_length = 256}), name);
  EXPECT_NE(picture_set_name({.window = WindowShape::hamming}), name);
  EXPECT_NE(picture_set_name({.win_length = 1024}), name);
  EXPECT_NE(picture_set_name({.segment_s = 3}), name);
  EXPECT_NE(picture_set_name({.segment_s = 3, .segment_hop_s = 1}), picture_set_name({.segment_s = 3}));
  EXPECT_NE(picture_set_name({.n_bands = 96}), name);
  EXPECT_NE(picture_set_name({.fmin_hz = 30}), name);
  EXPECT_NE(picture_set_name({.fmax_hz = 8000}), name);
  EXPECT_NE(picture_set_name({.mel_formula = MelFormula::htk}), name);
  EXPECT_NE(picture_set_name({.mel_norm = MelNorm::none}), name);
  EXPECT_NE(picture_set_name({.top_db = 60}), name);
  EXPECT_NE(picture_set_name({.picture_width = 128}), name);
  EXPECT_NE(picture_set_name({.picture_height = 128}), name);
}

TEST(PictureSetName, DependsOnNothingElse) {
  EXPECT_EQ(picture_set_name({.win_length = 2048, .n_bands = 128, .fmin_hz = 0, .fmax_hz = 11025}),
            picture_set_name({}));
  EXPECT_EQ(picture_set_name({.segment_s = 3, .segment_hop_s = 3}), picture_set_name({.segment_s = 3}));
  EXPECT_EQ(
      picture_set_name({.scale = "linear", .n_bands = 64, .fmin_hz = 30, .mel_formula = MelFormula::htk}),
      picture_set_name({.scale = "linear"}));
  EXPECT_EQ(picture_set_name({.scale = "linear-bands", .mel_norm = MelNorm::none}),
            picture_set_name({.scale = "linear-bands"}));
}

TEST(CanonicalOptions, SayWhatIsNone) {
  EXPECT_EQ(canonical_options({.fmax_hz = 11025}), canonical_options({}));
  EXPECT_EQ(canonical_options({}).n_bands, 128);
  EXPECT_EQ(canonical_options({}).fmax_hz, 11025);
  EXPECT_EQ(canonical_options({.segment_s = 3}).segment_hop_s, 3);
}

TEST(CanonicalOptions, ForgetWhatTheScaleDoesNotRead) {
  EXPECT_EQ(canonical_options({.scale = "linear", .n_fft = 1024, .n_bands = 64, .fmax_hz = 8000}),
            (FrontEndOptions{.scale = "linear", .n_fft = 1024, .win_length = 1024}));
  const FrontEndOptions mel{.scale = "mel",
                            .win_length = 2048,
                            .n_bands = 64,
                            .fmin_hz = 0,
                            .fmax_hz = 8000,
                            .mel_formula = MelFormula::htk};
  EXPECT_EQ(canonical_options(mel), mel);
}

}  // namespace
}  // namespace gamut::spectra
