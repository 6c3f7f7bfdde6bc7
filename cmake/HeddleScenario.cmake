# heddle_add_scenario(<name> [SOURCES <file>...] [LINK <target>...])
#
# Builds the scenario <name> from <name>.cpp (or SOURCES) into <build>/scenarios/<name>: a program
# that knows heddle's command line. Works the same in heddle itself and after find_package(heddle).
function(heddle_add_scenario name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  if(NOT arg_SOURCES)
    set(arg_SOURCES "${name}.cpp")
  endif()
  add_executable(scenario_${name} ${arg_SOURCES})
  # Source positions are shown relative to the project, the same wherever it is checked out.
  # Plain memory's are found by the compiler's line tables.
  target_compile_options(scenario_${name} PRIVATE "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=" -g1)
  target_compile_definitions(scenario_${name} PRIVATE HEDDLE_SOURCE_ROOT="${PROJECT_SOURCE_DIR}")
  target_link_libraries(scenario_${name} PRIVATE heddle::scenario_main ${arg_LINK})
  set_target_properties(scenario_${name} PROPERTIES
    OUTPUT_NAME "${name}" RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/scenarios")
endfunction()
