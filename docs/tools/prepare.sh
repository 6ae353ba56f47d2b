# What the shell of a checked page knows before its first line. FIXTURE holds what makes a page's commands possible: a workspace
# on the built-in music with a small finished run, and the model of it.
set -eu -E
on_error='say_where $? $LINENO'
trap "$on_error" ERR

# say_where CODE LINE: which line of the page failed, also where it called one of the functions below.
say_where() {
  local depth=${#FUNCNAME[@]}
  [ "$depth" -gt 2 ] && set -- "$1" "${BASH_LINENO[depth - 2]}"
  echo "$PAGE:$2: exit code $1"
}

# expect_exit N: what came before ended with N.
expect_exit() {
  local code=$?
  set -e
  trap "$on_error" ERR
  [ "$code" = "$1" ] || { echo "$PAGE:${BASH_LINENO[0]}: exit code $code where the page expects $1"; exit 1; }
}

# workspace [FOLDER]: the demo's folder as it is when it is done. What gamut changes in place is copied, the rest linked.
workspace() {
  local folder=${1:-.}
  mkdir -p "$folder"
  cp -al "$FIXTURE/workspace/music" "$FIXTURE/workspace/runs" "$folder"
  cp -a "$FIXTURE/workspace/pictures" "$FIXTURE/workspace/catalogue.db" "$FIXTURE/workspace/demo.toml" "$folder"
}

# model [FOLDER]: that run's mel networks as a model directory.
model() {
  cp -al "$FIXTURE/model" "${1:-model}"
}

# song FILE: a song of the built-in music under that name, in the format of its ending.
song() {
  cp "$(find "$FIXTURE/workspace/music/audio" -name "*.${1##*.}" | sort | sed -n 1p)" "$1"
}
