# The install tree: one export set a room, so that find_package(gamut COMPONENTS spectra audio) needs no Torch.
include(CMakePackageConfigHelpers)
get_property(rooms GLOBAL PROPERTY GAMUT_ROOMS)
set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/gamut)
foreach(room IN LISTS rooms)
  install(TARGETS gamut_${room} EXPORT gamut-${room} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT gamut-${room} NAMESPACE gamut:: DESTINATION ${package_directory})
  install(DIRECTORY gamut/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gamut FILES_MATCHING PATTERN "*.h")
endforeach()
