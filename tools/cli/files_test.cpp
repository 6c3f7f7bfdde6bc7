#include "tools/cli/files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tools/cli/error.hpp"

namespace heddle::cli {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() {
    std::string pattern = (fs::temp_directory_path() / "heddle-files-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~Files() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  static std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  static void put(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {}));
  }

  fs::path folder_;
};

template <typename F>
std::string error_of(F action) {
  try {
    action();
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST_F(Files, OldContentStaysUntilTheNewOneIsThere) {
  put(path("t"), "old");
  ::chmod(path("t").c_str(), 0640);
  const OutputFile file(path("t"));
  EXPECT_EQ(content(path("t")), "old");
  EXPECT_EQ(count(), 1U) << "nothing may be left behind if the run is killed";
  file.write("new");
  EXPECT_EQ(content(path("t")), "new");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(fs::status(path("t")).permissions(), fs::perms(0640));
}

TEST_F(Files, WritesThroughLinksAndIntoDevices) {
  put(path("t"), "old");
  fs::create_symlink("t", path("link"));
  OutputFile(path("link")).write("new");
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content(path("t")), "new");
  OutputFile("/dev/null").write("gone");
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
}

TEST_F(Files, SaysWhatCannotBeWritten) {
  EXPECT_EQ(error_of([] { OutputFile(""); }), "the path of the file to write is empty");
  EXPECT_NE(error_of([&] { OutputFile{folder_.string()}; }).find("Is a directory"),
            std::string::npos);
  EXPECT_EQ(error_of([&] { OutputFile(path("no/t")); }),
            "can't write '" + path("no/t") + "': No such file or directory");
  const OutputFile full("/dev/full");
  EXPECT_EQ(error_of([&] { full.write("text"); }),
            "can't write '/dev/full': No space left on device");
}

TEST_F(Files, SaysWhichTraceCannotBeRead) {
  EXPECT_EQ(error_of([&] { read_trace(path("t")); }),
            "can't read '" + path("t") + "': No such file or directory");
  EXPECT_EQ(error_of([&] { read_trace(folder_.string()); }),
            "can't read '" + folder_.string() + "': Is a directory");
  put(path("t"), "");
  EXPECT_EQ(error_of([&] { read_trace(path("t")); }), path("t") + ": the trace is empty");
}

}  // namespace
}  // namespace heddle::cli
