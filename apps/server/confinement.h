#pragma once

namespace gamut::server {

/// Takes from this thread, for good, what decoding does not need. Of the system's calls those are left that
/// compute, read and write what is open, and open files to read; any other fails as one that the system does
/// not have. Where the kernel has Landlock (Linux 5.13, unless it is switched off), no file can be opened by
/// its name either, only anonymous ones that are open already, as /proc/self/fd/N.
///
/// @throws Error  the system takes no filter of its calls.
void confine();

}  // namespace gamut::server
