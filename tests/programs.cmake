# Whole programs, checked as they are with each compiler that is there.
foreach(compiler IN ITEMS g++ clang++)
  add_test(NAME programs.${compiler}
           COMMAND Python3::Interpreter -B "${CMAKE_CURRENT_SOURCE_DIR}/programs/programs_test.py"
                   "$<TARGET_FILE:heddle>" ${compiler})
  set_tests_properties(programs.${compiler} PROPERTIES TIMEOUT 600)
endforeach()
