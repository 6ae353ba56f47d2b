#pragma once

namespace gamut::python {

/// Makes gamut's errors those of gamut.errors, with their path, in everything that this module binds.
void translate_errors();

}  // namespace gamut::python
