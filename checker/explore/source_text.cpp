#include "checker/explore/source_text.hpp"

#include <fstream>
#include <map>
#include <vector>

#ifndef HEDDLE_SOURCE_DIR
#define HEDDLE_SOURCE_DIR "."
#endif

namespace heddle::explore {
namespace {

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream stream(file);
  if (!stream && !file.empty() && file.front() != '/') {
    stream.open(std::string(HEDDLE_SOURCE_DIR) + "/" + file);
  }
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

std::string source_text(const std::string& file, std::uint32_t line) {
  static std::map<std::string, std::vector<std::string>> files;
  auto known = files.find(file);
  if (known == files.end()) known = files.emplace(file, lines_of(file)).first;
  if (line == 0 || line > known->second.size()) return {};
  const std::string& text = known->second[line - 1];
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace heddle::explore
