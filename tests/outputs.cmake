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
