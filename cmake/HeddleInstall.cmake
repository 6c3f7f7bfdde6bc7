# Makes the installed tree usable with find_package(heddle).
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/heddle")
install(EXPORT heddleTargets NAMESPACE heddle:: DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/heddleConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_SOURCE_DIR}/cmake/heddleConfig.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/HeddleScenario.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/HeddleDiscovery.cmake"
  "${PROJECT_BINARY_DIR}/heddleConfigVersion.cmake"
  DESTINATION "${package_dir}")

# For projects that do not use CMake: c++ x.cpp $(pkg-config --cflags --libs heddle). The libraries
# need each other in turn.
get_property(libraries GLOBAL PROPERTY HEDDLE_INSTALLED_LIBRARIES)
list(TRANSFORM libraries PREPEND "-l")
list(JOIN libraries " " HEDDLE_LIBRARY_FLAGS)
file(RELATIVE_PATH HEDDLE_PREFIX "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file("${PROJECT_SOURCE_DIR}/cmake/heddle.pc.in" "${PROJECT_BINARY_DIR}/heddle.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/heddle.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

# What shells and `man heddle` read. The page is made of what the command says about itself.
set(completion "${PROJECT_SOURCE_DIR}/tools/completion")
install(FILES "${completion}/heddle.bash" RENAME heddle
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${completion}/_heddle"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES "${completion}/heddle.fish"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
  set(man_page "${PROJECT_BINARY_DIR}/heddle.1")
  add_custom_command(OUTPUT "${man_page}"
    COMMAND Python3::Interpreter "${PROJECT_SOURCE_DIR}/tools/man/man_page.py"
            "$<TARGET_FILE:heddle>" "${man_page}"
    DEPENDS heddle "${PROJECT_SOURCE_DIR}/tools/man/man_page.py" VERBATIM)
  add_custom_target(heddle_man_page ALL DEPENDS "${man_page}")
  install(FILES "${man_page}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endif()

# Where Debian looks for it, and others do as well.
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/heddle"
        RENAME copyright)

# `cmake --build ... --target package` makes heddle_<version>_<processor>.deb.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME heddle)
set(CPACK_PACKAGE_CONTACT "the authors of heddle <heddle@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What scenarios are built with, beside what the programs themselves need.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "g++, cmake, pkg-config, libboost-context-dev, libfmt-dev, libzydis-dev, libdw-dev")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
include(CPack)
