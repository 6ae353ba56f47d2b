#include "gamut/spectra/front_end_options.h"

#include <gtest/gtest.h>

#include <functional>
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
    {"Scale", [](auto& o) { o.scale = "bark"; },
     "unknown scale \"bark\"; known are linear, mel and linear-bands"},
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
    {"TopDb", [](auto& o) { o.top_db = 0; }, "top_db is 0 dB; it must be above 0 dB"},
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
  FrontEndOptions options{.scale = "bark", .n_fft = 3, .hop_length = -1, .fmax_hz = 99999, .top_db = -80};
  EXPECT_PARAMETER_ERROR(
      options.validate(),
      testing::AllOf(testing::HasSubstr("bark"), testing::HasSubstr("n_fft is 3"),
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
                                .n_bands = 96,
                                .fmin_hz = 20.5,
                                .fmax_hz = 5999.25,
                                .mel_formula = MelFormula::htk,
                                .mel_norm = MelNorm::none,
                                .top_db = 60,
                                .picture_width = 128,
                                .picture_height = 64};
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
  EXPECT_EQ(picture_set_name({.scale = "linear"}), "linear-nearest-3076f935");
  EXPECT_EQ(picture_set_name({.scale = "mel"}), "mel-nearest-f8831e15");
}

TEST(PictureSetName, DependsOnEveryOptionThatTheScaleReads) {
  const std::string name = picture_set_name({});
  EXPECT_NE(picture_set_name({.sample_rate_hz = 44100}), name);
  EXPECT_NE(picture_set_name({.channels = Channels::left}), name);
  EXPECT_NE(picture_set_name({.n_fft = 1024}), name);
  EXPECT_NE(picture_set_name({.hop_length = 256}), name);
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
  EXPECT_EQ(picture_set_name({.fmax_hz = 11025}), picture_set_name({}));
  EXPECT_EQ(
      picture_set_name({.scale = "linear", .n_bands = 64, .fmin_hz = 30, .mel_formula = MelFormula::htk}),
      picture_set_name({.scale = "linear"}));
  EXPECT_EQ(picture_set_name({.scale = "linear-bands", .mel_norm = MelNorm::none}),
            picture_set_name({.scale = "linear-bands"}));
}

TEST(CanonicalOptions, ForgetWhatTheScaleDoesNotRead) {
  EXPECT_EQ(canonical_options({.scale = "linear", .n_fft = 1024, .n_bands = 64, .fmax_hz = 8000}),
            (FrontEndOptions{.scale = "linear", .n_fft = 1024}));
  const FrontEndOptions mel{.scale = "mel", .n_bands = 64, .fmax_hz = 8000, .mel_formula = MelFormula::htk};
  EXPECT_EQ(canonical_options(mel), mel);
  EXPECT_EQ(canonical_options({.fmax_hz = 11025}), FrontEndOptions{});
}

}  // namespace
}  // namespace gamut::spectra
