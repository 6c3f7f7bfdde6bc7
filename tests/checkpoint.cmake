# Explorations that are killed, and go on.
add_executable(heddle_addresses "${CMAKE_CURRENT_SOURCE_DIR}/checkpoint/addresses.cpp")
heddle_own_target(heddle_addresses)
target_link_libraries(heddle_addresses PRIVATE heddle_scenario_main)
set_target_properties(heddle_addresses PROPERTIES
  OUTPUT_NAME addresses RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/checkpoint")
add_test(NAME checkpoint
         COMMAND Python3::Interpreter -B
                 "${CMAKE_CURRENT_SOURCE_DIR}/checkpoint/checkpoint_test.py"
                 "${PROJECT_BINARY_DIR}/scenarios" "$<TARGET_FILE:heddle_addresses>")
set_tests_properties(checkpoint PROPERTIES TIMEOUT 300)
