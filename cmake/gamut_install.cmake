# The install tree: one export set a room, so that find_package(gamut COMPONENTS spectra audio) needs no Torch.
include(CMakePackageConfigHelpers)
get_property(rooms GLOBAL PROPERTY GAMUT_ROOMS)
set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/gamut)
set(GAMUT_ROOM_USES "")
foreach(room IN LISTS rooms)
  install(TARGETS gamut_${room} EXPORT gamut-${room} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(EXPORT gamut-${room} NAMESPACE gamut:: DESTINATION ${package_directory})
  install(DIRECTORY gamut/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gamut FILES_MATCHING PATTERN "*.h")
  get_property(uses GLOBAL PROPERTY GAMUT_ROOM_USES_${room})
  string(APPEND GAMUT_ROOM_USES "set(gamut_uses_${room} ${uses})\n")
endforeach()
set(GAMUT_ROOMS ${rooms})
configure_package_config_file(cmake/gamut-config.cmake.in gamut-config.cmake INSTALL_DESTINATION ${package_directory})
write_basic_package_version_file(gamut-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/gamut-config.cmake ${PROJECT_BINARY_DIR}/gamut-config-version.cmake
              cmake/gamut_dependencies.cmake
        DESTINATION ${package_directory})
