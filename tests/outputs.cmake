# What people and other programs read: traces, exports, the viewer.
function(heddle_add_output_test name)
  add_test(NAME outputs.${name}
           COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/outputs/${name}_test.py"
                   "$<TARGET_FILE:heddle>" "${PROJECT_BINARY_DIR}/scenarios" ${ARGN})
  set_tests_properties(outputs.${name} PROPERTIES TIMEOUT 300)
endfunction()

heddle_add_output_test(trace_schema "${PROJECT_SOURCE_DIR}/docs/trace.schema.json")
heddle_add_output_test(diff)
heddle_add_output_test(exports "${PROJECT_SOURCE_DIR}/tools/viewer")

add_test(NAME outputs.viewer
         COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/viewer/run.py"
                 "$<TARGET_FILE:heddle>" "${PROJECT_BINARY_DIR}/scenarios"
                 "${PROJECT_BINARY_DIR}/tests/viewer")
set_tests_properties(outputs.viewer PROPERTIES TIMEOUT 600)

# A scenario that gdb can look into, whatever the build type; `heddle list` does not find it.
set(debugged "${PROJECT_BINARY_DIR}/tests/debugged")
add_executable(heddle_debugged "${CMAKE_CURRENT_SOURCE_DIR}/outputs/debugged.cpp")
heddle_own_target(heddle_debugged)
# It writes to a null pointer on purpose: that is gdb's to find, not a sanitizer's.
target_compile_options(heddle_debugged PRIVATE -O0 -g -fno-sanitize=undefined)
target_compile_definitions(heddle_debugged PRIVATE HEDDLE_SOURCE_ROOT="${PROJECT_SOURCE_DIR}")
target_link_libraries(heddle_debugged PRIVATE heddle_scenario_main)
set_target_properties(heddle_debugged PROPERTIES
  OUTPUT_NAME debugged RUNTIME_OUTPUT_DIRECTORY "${debugged}")
add_test(NAME outputs.gdb
         COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/outputs/gdb_test.py"
                 "$<TARGET_FILE:heddle>" "${debugged}")
set_tests_properties(outputs.gdb PROPERTIES TIMEOUT 300)

# A scenario that ends its process; `heddle list` does not find it.
set(endings "${PROJECT_BINARY_DIR}/tests/endings")
add_executable(heddle_endings "${CMAKE_CURRENT_SOURCE_DIR}/outputs/endings.cpp")
heddle_own_target(heddle_endings)
target_link_libraries(heddle_endings PRIVATE heddle_scenario_main)
set_target_properties(heddle_endings PROPERTIES
  OUTPUT_NAME endings RUNTIME_OUTPUT_DIRECTORY "${endings}")
add_test(NAME outputs.endings
         COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/outputs/endings_test.py"
                 "$<TARGET_FILE:heddle>" "${endings}")
set_tests_properties(outputs.endings PROPERTIES TIMEOUT 300)
