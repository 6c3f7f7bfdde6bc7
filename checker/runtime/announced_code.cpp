#include "checker/runtime/announced_code.hpp"

#include <algorithm>
#include <cstring>

namespace heddle::runtime {

void AnnouncedCode::add_data(std::span<std::byte> memory) {
  data_.push_back({memory, {memory.begin(), memory.end()}});
}

bool AnnouncedCode::has(const void* address) const {
  return std::any_of(data_.begin(), data_.end(), [&](const Data& data) {
    return address >= data.memory.data() && address < data.memory.data() + data.memory.size();
  });
}

void AnnouncedCode::restore() const {
  for (const Data& data : data_) {
    std::memcpy(data.memory.data(), data.copy.data(), data.copy.size());
  }
}

}  // namespace heddle::runtime
