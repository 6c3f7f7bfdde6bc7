// Which litmus files a user means, and their text.
#pragma once

#include <string>
#include <vector>

namespace heddle::command {

/// The files that `paths` name: files as they are, of a folder all `*.litmus` in and below it,
/// sorted by path. Throws UsageError for a path that does not exist and a folder without any.
std::vector<std::string> find_litmus_files(const std::vector<std::string>& paths);

/// Whether `path` is a folder.
bool is_folder(const std::string& path);

/// At most `most` bytes from the beginning of a file. Throws UsageError if it can't be read.
std::string read_beginning(const std::string& path, std::size_t most);

}  // namespace heddle::command
