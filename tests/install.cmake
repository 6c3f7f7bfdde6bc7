# What is installed beside the libraries: for shells, for other build systems, as a package.
# The installation itself is made by consumer.install.
function(heddle_add_install_test name)
  add_test(NAME install.${name}
           COMMAND Python3::Interpreter -B
                   "${CMAKE_CURRENT_SOURCE_DIR}/install/${name}_test.py" ${ARGN})
  set_tests_properties(install.${name} PROPERTIES TIMEOUT 300)
endfunction()

heddle_add_install_test(help "$<TARGET_FILE:heddle>" "${PROJECT_BINARY_DIR}/scenarios")
heddle_add_install_test(shells "$<TARGET_FILE:heddle>" "${PROJECT_SOURCE_DIR}/tools/completion")
heddle_add_install_test(files "${prefix}" "${CMAKE_CXX_COMPILER}"
                        "${CMAKE_CURRENT_SOURCE_DIR}/consumer")
set_tests_properties(install.files PROPERTIES FIXTURES_REQUIRED installed)
heddle_add_install_test(package "${PROJECT_BINARY_DIR}" "${CMAKE_CPACK_COMMAND}")
