# Makes the installed tree usable with find_package(heddle).
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/heddle")
install(EXPORT heddleTargets NAMESPACE heddle:: DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/heddleConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_SOURCE_DIR}/cmake/heddleConfig.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/HeddleScenario.cmake"
  "${PROJECT_BINARY_DIR}/heddleConfigVersion.cmake"
  DESTINATION "${package_dir}")
