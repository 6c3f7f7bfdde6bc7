#include "checker/litmus/check.hpp"
#include "checker/litmus/header.hpp"
#include "checker/litmus/litmus.hpp"
#include "checker/litmus/parser.hpp"

namespace heddle::litmus {
namespace {

/// The name of the file without its folder and what stands behind the last '.'.
std::string stem(const std::string& file) {
  std::string name = file.substr(file.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0) name.resize(dot);
  return name;
}

}  // namespace

Test parse(std::string_view text, const std::string& file) {
  if (text.size() > longest_file) {
    throw Error({}, "the file has more than " + std::to_string(longest_file) + " bytes");
  }
  const Header header = read_header(text);
  Test test{.name = header.name == "--" ? stem(file) : header.name, .file = file};
  TokenReader reader(read_tokens(text, header));
  parse_initial_state(reader, test);
  parse_threads(reader, test);
  parse_condition(reader, test);
  check(test);
  return test;
}

}  // namespace heddle::litmus
