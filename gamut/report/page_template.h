#pragma once

#include <string_view>

namespace gamut::report {

/// The page around the report: style, script and licences inlined, `{{title}}` and `{{content}}` to be
/// filled. Made by web/build.mjs from web/report/.
extern const std::string_view kPageTemplate;

}  // namespace gamut::report
