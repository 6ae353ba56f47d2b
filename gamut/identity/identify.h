#pragma once

#include <filesystem>

#include "gamut/audio/decode.h"
#include "gamut/catalogue/audio_identity.h"

namespace gamut::identity {

/// What an Examiner learns from a decode that is made for it alone.
///
/// @param path            of the audio.
/// @param max_duration_s  longer audio fails; > 0.
/// @return outcome ok, partial, or failed with the reason; without a method where the fault may not lie in
/// the file. song_id and the file's state are left to the caller.
catalogue::AudioIdentity identify_audio(const std::filesystem::path& path, double max_duration_s = 3 * 3600);

/// What is known of a file that no decoder makes sense of.
catalogue::AudioIdentity undecodable(const audio::UndecodableError& error);

}  // namespace gamut::identity
