#include "tools/command/commands.hpp"

int main(int argc, char** argv) { return heddle::command::command_main(argc, argv); }
