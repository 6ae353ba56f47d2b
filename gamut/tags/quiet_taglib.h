#pragma once

namespace gamut::tags {

/// Keeps TagLib from reporting oddities on standard error: libraries never print. Call it before any file is
/// opened.
void quieten_taglib();

}  // namespace gamut::tags
