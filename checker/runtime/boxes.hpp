// Values that do not fit into 64 bits: kept once, known by their address.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/api/op.hpp"

namespace heddle::runtime {

/// Owns copies of scenario values. A copy lives until the end, since any graph may refer to it.
class Boxes {
 public:
  Boxes() = default;
  ~Boxes() {
    for (auto [type, clone] : clones_) type->dispose(clone);
  }
  Boxes(const Boxes&) = delete;
  Boxes& operator=(const Boxes&) = delete;

  /// Copies the object and returns the copy; equal trivial objects share one.
  const void* keep(const api::BoxType& type, const void* object) {
    if (!type.trivial) return add(type, object);
    std::string bytes(static_cast<const char*>(object), type.size);
    auto [entry, fresh] = by_bytes_.try_emplace(std::move(bytes), nullptr);
    if (fresh) entry->second = add(type, object);
    return entry->second;
  }

 private:
  const void* add(const api::BoxType& type, const void* object) {
    void* clone = type.clone(object);
    clones_.emplace_back(&type, clone);
    return clone;
  }

  std::vector<std::pair<const api::BoxType*, void*>> clones_;
  std::unordered_map<std::string, const void*> by_bytes_;
};

}  // namespace heddle::runtime
