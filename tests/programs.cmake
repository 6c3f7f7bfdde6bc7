# Whole programs, checked as they are.
add_test(NAME programs.verdicts
         COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/programs/programs_test.py"
                 "$<TARGET_FILE:heddle>")
set_tests_properties(programs.verdicts PROPERTIES TIMEOUT 600)
