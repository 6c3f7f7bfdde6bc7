#include "checker/agreement/litmus_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace heddle::agreement {

std::string litmus_folder(const std::string& folder) {
  return HEDDLE_SOURCE_DIR "/tests/litmus/" + folder;
}

std::vector<std::string> litmus_files(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(litmus_folder(folder))) {
    if (entry.path().extension() == ".litmus") files.push_back(entry.path().filename());
  }
  std::sort(files.begin(), files.end());
  return files;
}

litmus::Test read_litmus(const std::string& folder, const std::string& file) {
  const std::string path = litmus_folder(folder) + "/" + file;
  std::ifstream stream(path);
  if (!stream) throw std::runtime_error("can't read " + path);
  std::ostringstream text;
  text << stream.rdbuf();
  return litmus::parse(text.str(), path);
}

}  // namespace heddle::agreement
