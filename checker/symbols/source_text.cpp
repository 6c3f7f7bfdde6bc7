#include "checker/symbols/source_text.hpp"

#include <fstream>
#include <map>
#include <vector>

namespace heddle::symbols {
namespace {

std::string& source_root() {
  static std::string directory;
  return directory;
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream stream(file);
  if (!stream) stream.open(source_root() + "/" + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

void set_source_root(std::string directory) { source_root() = std::move(directory); }

std::string below_source_root(const std::string& file) {
  const std::string root = source_root() + "/";
  return root != "/" && file.starts_with(root) ? file.substr(root.size()) : file;
}

const std::vector<std::string>& source_lines(const std::string& file) {
  static std::map<std::string, std::vector<std::string>> files;
  auto known = files.find(file);
  if (known == files.end()) known = files.emplace(file, lines_of(file)).first;
  return known->second;
}

std::string source_text(const std::string& file, std::uint32_t line) {
  const std::vector<std::string>& lines = source_lines(file);
  if (line == 0 || line > lines.size()) return {};
  const std::string& text = lines[line - 1];
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace heddle::symbols
