# heddle_library(NAME): one folder, one static library, its tests, its benchmarks.

find_program(HEDDLE_CCACHE ccache)
if(HEDDLE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${HEDDLE_CCACHE}")
endif()

if(HEDDLE_CLANG_TIDY)
  find_program(HEDDLE_CLANG_TIDY_PROGRAM NAMES clang-tidy clang-tidy-14)
endif()

# Warnings for our own targets only; the flags are ones that g++ 12 and clang++ 14 share.
function(heddle_own_target target)
  target_compile_options(${target} PRIVATE
    "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/="
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    # Designated initialisers leave members at their defaults on purpose.
    -Wno-missing-field-initializers
    # g++ 12 warns wrongly about "literal" + std::string when it optimises.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<BOOL:${HEDDLE_WERROR}>:-Werror>)
  if(HEDDLE_CLANG_TIDY_PROGRAM)
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY "${HEDDLE_CLANG_TIDY_PROGRAM}")
  endif()
endfunction()

# Tests know where the sources and the binaries are.
function(heddle_add_test_binary target)
  add_executable(${target} ${ARGN})
  heddle_own_target(${target})
  target_compile_definitions(${target} PRIVATE
    HEDDLE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" HEDDLE_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(${target} PRIVATE GTest::gtest_main)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
endfunction()

# Every header of the folder must compile alone, and the whole library must link with nothing but
# what it may use. A header that a source file beside it includes first has been compiled alone
# there.
function(heddle_add_alone_check name kind)
  set(stubs "${CMAKE_CURRENT_BINARY_DIR}/alone/main.cpp")
  file(CONFIGURE OUTPUT "${stubs}" CONTENT "int main() {}\n")
  foreach(header IN LISTS ARGN)
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${header}")
    string(REGEX REPLACE "\\.hpp$" ".cpp" source "${header}")
    if(EXISTS "${source}")
      file(STRINGS "${source}" first REGEX "^#include" LIMIT_COUNT 1)
      if(first STREQUAL "#include \"${path}\"")
        continue()
      endif()
    endif()
    string(REPLACE "/" "_" stub "${path}.cpp")
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/alone/${stub}"
         CONTENT "#include \"${path}\"\n")
    list(APPEND stubs "${CMAKE_CURRENT_BINARY_DIR}/alone/${stub}")
  endforeach()
  add_executable(heddle_${name}_alone ${stubs})
  heddle_own_target(heddle_${name}_alone)
  target_compile_options(heddle_${name}_alone PRIVATE -O0 -g0)
  if(kind STREQUAL "INTERFACE")
    target_link_libraries(heddle_${name}_alone PRIVATE heddle_${name})
  else()
    target_link_libraries(heddle_${name}_alone
                          PRIVATE "$<LINK_LIBRARY:WHOLE_ARCHIVE,heddle_${name}>")
  endif()
  set_target_properties(heddle_${name}_alone PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/alone")
endfunction()

# For tools/mutants.py: takes its copies of sources, where it made some.
function(heddle_mutated_sources list)
  set(result "")
  foreach(source IN LISTS ${list})
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${source}")
    set(copy "${PROJECT_BINARY_DIR}/mutated/${path}")
    if(EXISTS "${copy}")
      set_source_files_properties("${copy}" PROPERTIES COMPILE_OPTIONS "-w")
      set(source "${copy}")
    endif()
    list(APPEND result "${source}")
  endforeach()
  set(${list} "${result}" PARENT_SCOPE)
endfunction()

# heddle_library(<name> [NO_INSTALL]
#                [DEPENDS <folder>...]       what the code of the folder may use
#                [USES <target>...]          third-party libraries behind its interface
#                [TEST_DEPENDS <folder>...]  what its tests and benchmarks use beyond that
#                [TEST_USES <target>...])
#
# In the folder where it is called:
#   x.cpp, x.hpp   the library heddle_<name> (only an interface while there is no .cpp)
#   x_test.cpp     heddle_<name>_test, its cases registered with ctest as <name>.<Suite>.<Case>
#   x_bench.cpp    heddle_<name>_bench
#   x_main.cpp     left to the folder's CMakeLists.txt
# Adding a file is enough: the next build finds it.
function(heddle_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_INSTALL" ""
                        "DEPENDS;USES;TEST_DEPENDS;TEST_USES")
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.hpp")
  set(tests ${sources})
  set(benches ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_(test|bench|main)\\.cpp$")

  if(HEDDLE_MUTANTS)
    heddle_mutated_sources(sources)
  endif()
  set(target heddle_${name})
  if(sources)
    set(kind STATIC)
    set(interface PUBLIC)
  else()
    set(kind INTERFACE)
    set(interface INTERFACE)
  endif()
  add_library(${target} ${kind} ${sources})
  add_library(heddle::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(${target} ${interface} cxx_std_20)
  target_include_directories(${target} ${interface}
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>" "$<INSTALL_INTERFACE:include/heddle>")
  list(TRANSFORM arg_DEPENDS PREPEND heddle_)
  list(TRANSFORM arg_TEST_DEPENDS PREPEND heddle_)
  target_link_libraries(${target} ${interface} ${arg_DEPENDS})
  if(sources)
    heddle_own_target(${target})
    target_link_libraries(${target} PRIVATE ${arg_USES})
    # For libheddle_program.so. Its thread_local variables lie where those of programs do: the
    # checker gives threads copies of that memory (checker/fiber/thread_locals.hpp).
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_compile_options(${target} PRIVATE -ftls-model=initial-exec -fno-semantic-interposition)
  endif()

  if(NOT arg_NO_INSTALL)
    file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}")
    if(sources)
      set_property(GLOBAL APPEND PROPERTY HEDDLE_INSTALLED_LIBRARIES ${target})
    endif()
    install(TARGETS ${target} EXPORT heddleTargets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
    install(FILES ${headers} DESTINATION "include/heddle/${folder}")
  endif()

  if(HEDDLE_TESTS)
    if(headers OR sources)
      heddle_add_alone_check(${name} ${kind} ${headers})
    endif()
    if(tests)
      heddle_add_test_binary(${target}_test ${tests})
      target_link_libraries(${target}_test
                            PRIVATE ${target} ${arg_TEST_DEPENDS} ${arg_USES} ${arg_TEST_USES})
      gtest_discover_tests(${target}_test TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
                           DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
    endif()
  endif()
  if(HEDDLE_BENCH AND benches)
    add_executable(${target}_bench ${benches})
    heddle_own_target(${target}_bench)
    target_link_libraries(${target}_bench PRIVATE ${target} ${arg_TEST_DEPENDS} ${arg_USES}
                          ${arg_TEST_USES} benchmark::benchmark_main)
    set_target_properties(${target}_bench PROPERTIES
      RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bench")
  endif()
endfunction()
