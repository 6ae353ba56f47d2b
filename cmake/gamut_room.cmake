# gamut_warnings: how strictly our own code is compiled; private to our targets, never exported.
add_library(gamut_warnings INTERFACE)
target_compile_options(gamut_warnings INTERFACE -Wall -Wextra -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees overlapping copies in "literal" + std::string, which are not there (GCC bug 105651).
  target_compile_options(gamut_warnings INTERFACE -Wno-restrict)
endif()
if(GAMUT_SANITIZE)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With the sanitizers' instrumentation g++ 12 takes std::regex for uninitialised (GCC bug 105562).
    target_compile_options(gamut_warnings INTERFACE -Wno-maybe-uninitialized)
  else()
    # Clang says where instrumented loops do not become vector code.
    target_compile_options(gamut_warnings INTERFACE -Wno-pass-failed)
  endif()
  # Undefined behaviour ends the program, so that a test or a fuzz target cannot pass over it.
  add_compile_options(-fsanitize=${GAMUT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${GAMUT_SANITIZE})
  if(GAMUT_SANITIZE MATCHES "address")
    add_compile_definitions(GAMUT_ADDRESS_SANITIZER)  # every compiler has another word for it
  endif()
endif()

set(GAMUT_TEST_OPTIMISATION $<$<CONFIG:Release,RelWithDebInfo>:-O1>)

# gamut_room(NAME SOURCES … [USES room…] [PUBLIC lib…] [PRIVATE lib…])
#
# One static library a room: target gamut_<NAME>, alias gamut::<NAME>, headers under gamut/<NAME>/.
function(gamut_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PUBLIC;PRIVATE" ${ARGN})
  set(target gamut_${name})
  add_library(${target} STATIC ${ROOM_SOURCES})
  add_library(gamut::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                              $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  list(TRANSFORM ROOM_USES PREPEND gamut::)
  target_link_libraries(${target} PUBLIC ${ROOM_USES} ${ROOM_PUBLIC}
                                  PRIVATE ${ROOM_PRIVATE} $<BUILD_INTERFACE:gamut_warnings>)
  set_property(GLOBAL APPEND PROPERTY GAMUT_ROOMS ${name})
  list(TRANSFORM ROOM_USES REPLACE "^gamut::" "")
  set_property(GLOBAL PROPERTY GAMUT_ROOM_USES_${name} ${ROOM_USES})
endfunction()

# gamut_test_program(TARGET [LIBS …] [TORCH | LINKS_TORCH]): what every test program has.
#
# Most of a build is tests, and most of a test is GoogleTest: its headers are compiled once (tests/support), and what runs for
# milliseconds is not optimised for seconds. With TORCH it is LibTorch's headers that are compiled once, in gamut_models; with
# LINKS_TORCH none, since LibTorch's definitions come with its libraries.
function(gamut_test_program target)
  cmake_parse_arguments(TEST "TORCH;LINKS_TORCH" "" "LIBS" ${ARGN})
  target_link_libraries(${target} PRIVATE ${TEST_LIBS} gamut_test_support GTest::gmock GTest::gtest_main gamut_warnings)
  target_compile_definitions(${target} PRIVATE GAMUT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(TEST_TORCH)
    target_precompile_headers(${target} REUSE_FROM gamut_models)
    target_compile_options(${target} PRIVATE -fPIC)  # as the precompiled header was
  else()
    target_compile_options(${target} PRIVATE ${GAMUT_TEST_OPTIMISATION})
    if(NOT TEST_LINKS_TORCH)
      target_precompile_headers(${target} REUSE_FROM gamut_test_support)
    endif()
  endif()
endfunction()

# gamut_room_tests(NAME SOURCES … [LIBS …] [TORCH | LINKS_TORCH]): one test program a room, from tests/<NAME>/, found by CTest case by case.
function(gamut_room_tests name)
  if(NOT GAMUT_TESTS)
    return()
  endif()
  cmake_parse_arguments(ROOM "TORCH;LINKS_TORCH" "" "SOURCES;LIBS;LABELS" ${ARGN})
  set(target gamut_${name}_tests)
  list(TRANSFORM ROOM_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/tests/${name}/)
  add_executable(${target} ${ROOM_SOURCES})
  set(torch "")
  if(ROOM_TORCH)
    set(torch TORCH)
  elseif(ROOM_LINKS_TORCH)
    set(torch LINKS_TORCH)
  endif()
  gamut_test_program(${target} LIBS gamut::${name} ${ROOM_LIBS} ${torch})
  if(NOT ROOM_LABELS)
    set(ROOM_LABELS unit)
  endif()
  # Golden tests are the suites with Golden in their name, slow ones those that start with Slow; both carry a label of
  # their own. gtest_discover_tests cannot pass on a list, so the labels are set by a file that CTest reads after its own.
  gtest_discover_tests(${target} DISCOVERY_TIMEOUT 60 NO_PRETTY_VALUES TEST_FILTER "-*Golden*.*:Slow*.*" TEST_LIST ${target}_plain)
  gtest_discover_tests(${target} DISCOVERY_TIMEOUT 60 NO_PRETTY_VALUES TEST_FILTER "*Golden*.*" TEST_LIST ${target}_golden)
  gtest_discover_tests(${target} DISCOVERY_TIMEOUT 60 NO_PRETTY_VALUES TEST_FILTER "Slow*.*" TEST_LIST ${target}_slow)
  set(labels_file ${CMAKE_CURRENT_BINARY_DIR}/${target}_labels.cmake)
  file(WRITE ${labels_file} "
foreach(test IN LISTS ${target}_plain)
  set_tests_properties(\"\${test}\" PROPERTIES LABELS \"${ROOM_LABELS};${name}\" TIMEOUT 600)
endforeach()
foreach(test IN LISTS ${target}_golden)
  set_tests_properties(\"\${test}\" PROPERTIES LABELS \"golden;${name}\" TIMEOUT 600)
endforeach()
foreach(test IN LISTS ${target}_slow)
  set_tests_properties(\"\${test}\" PROPERTIES LABELS \"slow;${name}\" TIMEOUT 1500)
endforeach()
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${labels_file})
endfunction()
