# Completion of heddle's command line for fish. What can be written is asked of the command itself.

function __heddle_commands
    heddle --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) *\(.*\)/\1\t\2/p'
    echo help
end

function __heddle_command
    set -l words (commandline -opc)
    test (count $words) -ge 2; and echo $words[2]
end

function __heddle_options
    heddle (__heddle_command) --help | grep -oE '^ +(-[a-z],)?--[a-z-]+' | grep -oE -- '--[a-z-]+'
end

complete -c heddle -n 'test -z (__heddle_command)' -f -a '(__heddle_commands)'
complete -c heddle -n 'test "$(__heddle_command)" = help' -f -a '(__heddle_commands)'
complete -c heddle -n 'test "$(__heddle_command)" = run' -f -a '(heddle list 2>/dev/null | cut -d" " -f1)'
complete -c heddle -n 'test -n "$(__heddle_command)"; and string match -q -- "-*" (commandline -ct)' -f -a '(__heddle_options)'
