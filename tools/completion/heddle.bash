# Completion of heddle's command line for bash. What can be written is asked of the command itself.

_heddle_commands() {
  "$1" --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
  echo help
}

_heddle_options() {
  "$1" "$2" --help | grep -oE '^ +(-[a-z],)?--[a-z-]+' | grep -oE -- '--[a-z-]+'
}

_heddle() {
  local heddle=${COMP_WORDS[0]} command=${COMP_WORDS[1]-} word=${COMP_WORDS[COMP_CWORD]}
  local before=${COMP_WORDS[COMP_CWORD - 1]} words=""
  if ((COMP_CWORD == 1)); then
    words=$(_heddle_commands "$heddle")
  elif [[ $command == help ]]; then
    words=$(_heddle_commands "$heddle")
  elif [[ $word == -* ]]; then
    words=$(_heddle_options "$heddle" "$command")
  elif [[ $before == --* ]]; then
    # The option's values, if its help lists them: "--format text|json".
    words=$("$heddle" "$command" --help | sed -n "s/^ *$before \([a-z0-9|]*\).*/\1/p" | tr '|' ' ')
    [[ $before == --model ]] && words="sc tso ra rc11 cpp20 all"
  elif [[ $command == run ]]; then
    words=$("$heddle" list 2>/dev/null | cut -d' ' -f1)
  fi
  # Where nothing fits, bash completes names of files.
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o default -F _heddle heddle
