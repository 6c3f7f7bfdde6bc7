# heddle_add_scenario(<name> [<file>...] [SOURCES <file>...] [NAMES <name>...] [LINK <target>...])
#
# Builds the scenario <name> from the files (from <name>.cpp if none is given) into
# <build>/scenarios/<name>: a program that knows heddle's command line. NAMES has further scenarios
# of the same files: links to that program, which runs the scenario that it is called by. Works the
# same in heddle itself and after find_package(heddle).
function(heddle_add_scenario name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;NAMES;LINK")
  list(APPEND arg_SOURCES ${arg_UNPARSED_ARGUMENTS})
  if(NOT arg_SOURCES)
    set(arg_SOURCES "${name}.cpp")
  endif()
  add_executable(scenario_${name} ${arg_SOURCES})
  # Source positions are shown relative to the project, the same wherever it is checked out.
  # Plain memory's, and those of calls that are refused, are found by the compiler's line tables.
  # A call that ends a function must leave its frame on the stack for that.
  # By its points-to analysis g++ drops writes to blocks that are freed, and beyond their ends.
  target_compile_options(scenario_${name} PRIVATE
    "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=" -g1 -fno-optimize-sibling-calls
    $<$<CXX_COMPILER_ID:GNU>:-fno-tree-pta>)
  target_compile_definitions(scenario_${name} PRIVATE HEDDLE_SOURCE_ROOT="${PROJECT_SOURCE_DIR}")
  target_link_libraries(scenario_${name} PRIVATE heddle::scenario_main ${arg_LINK})
  set(names ${name} ${arg_NAMES})
  set_target_properties(scenario_${name} PROPERTIES
    OUTPUT_NAME "${name}" RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/scenarios"
    HEDDLE_NAMES "${names}")
  foreach(other IN LISTS arg_NAMES)
    add_custom_command(TARGET scenario_${name} POST_BUILD VERBATIM
      COMMAND "${CMAKE_COMMAND}" -E create_symlink "${name}" "${other}"
      WORKING_DIRECTORY "${CMAKE_BINARY_DIR}/scenarios")
  endforeach()
endfunction()

set(HEDDLE_DISCOVERY "${CMAKE_CURRENT_LIST_DIR}/HeddleDiscovery.cmake" CACHE INTERNAL "")

# heddle_discover_scenarios(<name>... [PREFIX <prefix>] [TIMEOUT <seconds>])
#
# Makes tests of what scenarios (those of their NAMES included) expect: Scenario::expectations.
# There is one for each expectation and each memory model that it is about, called
# <prefix><name>.<model>[.<parameter>=<value>...]. The scenarios are asked when ctest starts: what
# they expect may change without a new configuration. PREFIX is "scenario." and TIMEOUT 300 unless
# they are given.
function(heddle_discover_scenarios)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "PREFIX;TIMEOUT" "")
  if(NOT DEFINED arg_PREFIX)
    set(arg_PREFIX "scenario.")
  endif()
  if(NOT DEFINED arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  foreach(name IN LISTS arg_UNPARSED_ARGUMENTS)
    set(script "${CMAKE_CURRENT_BINARY_DIR}/heddle_tests_of_${name}")
    get_target_property(names scenario_${name} HEDDLE_NAMES)
    get_property(has_several GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    if(has_several)
      file(WRITE "${script}.cmake" "include(\"${script}-\${CTEST_CONFIGURATION_TYPE}.cmake\")\n")
      set(generated "${script}-$<CONFIG>.cmake")
    else()
      set(generated "${script}.cmake")
    endif()
    file(GENERATE OUTPUT "${generated}" CONTENT "\
set(folder \"$<TARGET_FILE_DIR:scenario_${name}>\")
set(names \"${names}\")
set(prefix \"${arg_PREFIX}\")
set(timeout \"${arg_TIMEOUT}\")
include(\"${HEDDLE_DISCOVERY}\")
")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}.cmake")
  endforeach()
endfunction()
