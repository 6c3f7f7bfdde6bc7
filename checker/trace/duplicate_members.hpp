// Finds members that a JSON text gives twice. The library that reads it would take one of the two,
// and somebody else the other one.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace heddle::trace {

/// Follows a parser: to be called by nlohmann::json::parse. Throws std::runtime_error, with a
/// sentence that names the member and where it is, at the second of two members of one name.
class DuplicateMembers {
 public:
  bool operator()(int, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    switch (event) {
      case Event::object_start:
      case Event::array_start:
        count_entry();
        open_.push_back({.is_list = event == Event::array_start});
        break;
      case Event::object_end:
      case Event::array_end:
        open_.pop_back();
        break;
      case Event::key:
        note(parsed.get<std::string>());
        break;
      case Event::value:
        count_entry();
        break;
    }
    return true;
  }

 private:
  struct Open {
    bool is_list = false;
    std::size_t entry = 0;           // of a list: which one it is in, from 1
    std::string member = {};         // of an object: which one it is in
    std::set<std::string> met = {};  // of an object
  };

  void count_entry() {
    if (!open_.empty() && open_.back().is_list) ++open_.back().entry;
  }

  void note(const std::string& member) {
    constexpr std::size_t most = 60;  // characters of a name that fit into a sentence
    open_.back().member = member;
    if (open_.back().met.insert(member).second) return;
    throw std::runtime_error("member '" + member.substr(0, most) + "' of " + place() +
                             " is there twice");
  }

  /// Where the innermost object is: "the trace", "step 3", "entry 2 of 'explanation'".
  std::string place() const {
    std::string text = "the trace";
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      if (!open_[i].is_list) {
        text = "'" + open_[i].member + "'";
      } else if (text == "'steps'") {
        text = "step " + std::to_string(open_[i].entry);
      } else {
        text = "entry " + std::to_string(open_[i].entry) + " of " + text;
      }
    }
    return text;
  }

  std::vector<Open> open_;
};

}  // namespace heddle::trace
