# README.md and docs show what is printed: every transcript, table and picture is made anew and
# compared. docs/HACKING.md says how to make the pages right.
set(docs "${CMAKE_CURRENT_SOURCE_DIR}/docs")
add_test(NAME docs.transcripts_finds
         COMMAND Python3::Interpreter -B "${docs}/transcripts_test.py")
add_test(NAME docs.pictures_finds COMMAND Python3::Interpreter -B "${docs}/pictures_test.py")

# The scenarios that pages have are built as a reader would: each in a folder `scenarios`.
set(shown "${CMAKE_CURRENT_BINARY_DIR}/docs")
function(heddle_add_shown_scenario page name)
  set(source "${shown}/scenarios/${name}.cpp")
  add_custom_command(OUTPUT "${source}"
    COMMAND Python3::Interpreter -B "${docs}/transcripts.py" --extract
            "${PROJECT_SOURCE_DIR}/${page}" "${name}.cpp" "${source}"
    DEPENDS "${PROJECT_SOURCE_DIR}/${page}" "${docs}/transcripts.py" "${docs}/pages.py"
    VERBATIM)
  add_executable(heddle_shown_${name} "${source}")
  target_compile_options(heddle_shown_${name} PRIVATE "-fmacro-prefix-map=${shown}/=" -g1)
  target_compile_definitions(heddle_shown_${name} PRIVATE HEDDLE_SOURCE_ROOT="${shown}")
  target_link_libraries(heddle_shown_${name} PRIVATE heddle_scenario_main)
  set_target_properties(heddle_shown_${name} PROPERTIES
    OUTPUT_NAME "${name}" RUNTIME_OUTPUT_DIRECTORY "${shown}/programs")
endfunction()
heddle_add_shown_scenario(README.md handover)
heddle_add_shown_scenario(docs/WRITING-SCENARIOS.md tickets)

add_test(NAME docs.transcripts
         COMMAND Python3::Interpreter -B "${docs}/transcripts.py" "$<TARGET_FILE:heddle>"
                 "${PROJECT_BINARY_DIR}/scenarios:${shown}/programs")
set_tests_properties(docs.transcripts PROPERTIES TIMEOUT 300)

add_test(NAME docs.pictures
         COMMAND Python3::Interpreter -B "${docs}/pictures.py" "$<TARGET_FILE:heddle>"
                 "${PROJECT_BINARY_DIR}/scenarios")
set_tests_properties(docs.pictures PROPERTIES TIMEOUT 300)
