# A project of its own that uses an installed heddle.
set(prefix "${PROJECT_BINARY_DIR}/tests/prefix")
add_test(NAME consumer.install
         COMMAND "${CMAKE_COMMAND}" --install "${PROJECT_BINARY_DIR}" --prefix "${prefix}")
set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP installed)

add_test(NAME consumer.build_and_run
         COMMAND "${CMAKE_CTEST_COMMAND}"
                 --build-and-test "${CMAKE_CURRENT_SOURCE_DIR}/consumer"
                                  "${PROJECT_BINARY_DIR}/tests/consumer"
                 --build-generator "${CMAKE_GENERATOR}"
                 --build-options "-DCMAKE_PREFIX_PATH=${prefix}"
                                 "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}"
                                 "-DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}"
                                 "-DCMAKE_CXX_FLAGS_DEBUG=${CMAKE_CXX_FLAGS_DEBUG}"
                 --test-command "${CMAKE_CTEST_COMMAND}" --output-on-failure
                                --no-tests=error)
set_tests_properties(consumer.build_and_run PROPERTIES FIXTURES_REQUIRED installed TIMEOUT 300)
