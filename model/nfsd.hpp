// How nfsd closes a file so that it is closed.
#pragma once

#include "model/file_table.hpp"

namespace kernel {

/// Closes a file in the caller's context. The extra reference keeps filp_close() from dropping the
/// final one, so that a sole owner's __fput_sync() does: nfsd_filp_close
/// (fs/nfsd/filecache.c, 6.9). Returns whether the caller dropped the final reference.
inline bool nfsd_filp_close(file_table& files, task_struct& current, file* f) {
  get_file(f);
  const bool by_close = files.filp_close(current, f);
  const bool by_sync = files.__fput_sync(current, f);
  return by_close || by_sync;
}

}  // namespace kernel
