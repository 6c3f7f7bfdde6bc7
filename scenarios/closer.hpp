// A thread that has a file to close: what most of the scenarios about closing files are made of.
#pragma once

#include <cstdio>
#include <memory>
#include <vector>

#include "checker/api/control.hpp"
#include "model/file_table.hpp"

/// Task `number` with file `number`, to which it holds the only reference.
///
/// Everything is created before the threads start: what they share has to be there first.
struct closer {
  closer(kernel::file_table& files, unsigned number, unsigned flags)
      : task(flags, text("task %u", number)), f(files.open(inode, text("file %u", number))) {}

  kernel::task_struct task;
  kernel::inode inode;
  kernel::file* const f;

 private:
  const char* text(const char* format, unsigned number) {
    std::snprintf(label_, sizeof label_, format, number);
    return label_;
  }

  char label_[16];  // only for the constructor
};

/// As many closers as the parameter `parameter` says.
class closers {
 public:
  closers(kernel::file_table& files, const char* parameter, unsigned flags) {
    const auto count = static_cast<unsigned>(heddle::api::parameter(parameter));
    for (unsigned i = 0; i < count; ++i) {
      all_.push_back(std::make_unique<closer>(files, i, flags));
    }
  }

  unsigned size() const { return static_cast<unsigned>(all_.size()); }
  closer& operator[](unsigned i) { return *all_[i]; }

  /// Fails unless every file has been released. That none is released twice is found where it
  /// happens, as a use of the freed file.
  void check_all_released(heddle::api::Site site = heddle::api::Site::current()) const {
    for (const auto& each : all_) {
      heddle::api::check(each->inode.closed(), "a file was never released", site);
    }
  }

 private:
  std::vector<std::unique_ptr<closer>> all_;
};
