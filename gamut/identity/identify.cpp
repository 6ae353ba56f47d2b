#include "gamut/identity/identify.h"

#include "gamut/core/error.h"
#include "gamut/identity/examiner.h"

namespace gamut::identity {

catalogue::AudioIdentity identify_audio(const std::filesystem::path& path, double max_duration_s) {
  try {
    Examiner examiner;
    return examiner.finish(audio::decode(
        path,
        {.sample_rate_hz = 0, .max_duration_s = max_duration_s, .listener = &examiner, .with_levels = true}));
  } catch (const audio::UndecodableError& error) {
    return undecodable(error);
  } catch (const Error& error) {
    catalogue::AudioIdentity failed;
    failed.outcome = Outcome::failed;
    failed.reason = error.what();
    return failed;
  }
}

catalogue::AudioIdentity undecodable(const audio::UndecodableError& error) {
  catalogue::AudioIdentity failed;
  failed.method = identity_method();
  failed.outcome = Outcome::failed;
  failed.reason = error.what();
  return failed;
}

}  // namespace gamut::identity
