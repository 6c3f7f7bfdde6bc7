# The house rules, and a test that the checker of the house rules sees what it should.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME style.tidy COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/tidy.py")
add_test(NAME style.tidy_finds
         COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/tidy_test.py")
# The places where tools/mutants.py makes the engine wrong must be found in the sources.
add_test(NAME style.mutants
         COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/mutants.py" check)

# Releases of clang-format differ, so only the one that Debian 12 has may judge.
find_program(HEDDLE_CLANG_FORMAT NAMES clang-format-14 clang-format)
set(format_version "")
if(HEDDLE_CLANG_FORMAT)
  execute_process(COMMAND "${HEDDLE_CLANG_FORMAT}" --version OUTPUT_VARIABLE format_version)
endif()
if(format_version MATCHES "version 14\\.")
  add_test(NAME style.format
           COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/tidy.py"
                   --clang-format "${HEDDLE_CLANG_FORMAT}")
else()
  message(STATUS "clang-format 14 not found: there is no test style.format")
endif()
