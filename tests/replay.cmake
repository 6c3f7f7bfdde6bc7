# Counterexamples replay in another process, where the system places the program elsewhere.
add_executable(heddle_replay_elsewhere "${CMAKE_CURRENT_SOURCE_DIR}/replay/elsewhere_main.cpp")
heddle_own_target(heddle_replay_elsewhere)
target_link_libraries(heddle_replay_elsewhere PRIVATE heddle_session heddle_oracle
                      nlohmann_json::nlohmann_json)
set_target_properties(heddle_replay_elsewhere PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
add_test(NAME replay.elsewhere
         COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/replay/elsewhere_test.py"
                 "$<TARGET_FILE:heddle_replay_elsewhere>" "${PROJECT_BINARY_DIR}/scenarios")
set_tests_properties(replay.elsewhere PROPERTIES TIMEOUT 300)

# What is printed does not depend on where that is.
add_executable(heddle_pointers "${CMAKE_CURRENT_SOURCE_DIR}/replay/pointers.cpp")
heddle_own_target(heddle_pointers)
target_link_libraries(heddle_pointers PRIVATE heddle_scenario_main)
set_target_properties(heddle_pointers PROPERTIES
  OUTPUT_NAME pointers RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/replay")
add_test(NAME replay.pointers
         COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/replay/pointers_test.py"
                 "$<TARGET_FILE:heddle_pointers>")
