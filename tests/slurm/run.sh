#!/usr/bin/env bash
# run.sh GAMUT: an experiment as an array of 4 on a real Slurm, one task cancelled half-way and requeued, against the same
# experiment in one process: the same results.csv and the same networks, byte for byte.
set -euo pipefail
if [ "$(id -u)" != 0 ]; then
  echo "SKIPPED: the test of gamut slurm starts Slurm's daemons, which needs root" >&2
  exit 0
fi
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/slurm/slurm_cluster.sh
. "$here/slurm_cluster.sh"
gamut=$(realpath "$1")
folder=$(mktemp -d "${TMPDIR:-/tmp}/gamut-slurm-XXXXXX")
run=$folder/clip/runs/small

# Daemons that the test started end with it, however it ends; what they wrote is kept where it failed.
finish() {
  local code=$?
  stop_slurm
  if [ "$code" = 0 ]; then
    rm -rf "$folder"
  else
    tail -n 20 "$folder"/log/*.log "$run"/slurm/*.log >&2 2>/dev/null || true
    echo "tests/slurm failed; its files are in $folder" >&2
  fi
}
trap finish EXIT
trap 'exit 130' INT TERM

# field NAME: one number of the run's status.
field() { "$gamut" --workspace "$folder/clip" status small --json | sed -n "s/^  \"$1\": \([0-9]*\),*\$/\1/p"; }
some_network_is_done() { [ "$(field "done")" -ge 1 ]; }
task_has_state() { squeue --noheader --states=all --job="$1" --format=%T | grep -qx "$2"; }
queue_is_empty() { [ -z "$(squeue --noheader)" ]; }

"$gamut" demo --out "$folder/music" --music-only
for workspace in clip whole; do
  "$gamut" --quiet --workspace "$folder/$workspace" import "$folder/music/music/songs.csv" \
    --taxonomy "$folder/music/music/taxonomy.csv"
  mkdir -p "$folder/$workspace"
done
cat >"$folder/small.toml" <<'TOML'
name = "small"
[data]
test = 0.25
validation = 0.15
[spectrogram]
picture_size = 32
[training]
epochs = 4
batch = 16
patience = 0
input_size = 0
TOML

start_slurm "$folder" 4
"$gamut" --workspace "$folder/clip" slurm "$folder/small.toml" --tasks 4 --submit
array=$(squeue --noheader --name=small-networks --format=%A | sort -n | head -n 1)
victim=${array}_2

wait_until 300 task_has_state "$victim" RUNNING
wait_until 300 some_network_is_done
scancel "$victim"
wait_until 60 task_has_state "$victim" CANCELLED
echo "cancelled task 2 of $array: $(field "done") of $(field cells) networks were done, $(field left) left"
[ "$(field "done")" -lt "$(field cells)" ]
scontrol requeue "$victim"
# Slurm holds a requeued job back for two minutes.
wait_until 20 task_has_state "$victim" PENDING
scontrol update JobId="$victim" StartTime=now
wait_until 600 queue_is_empty
grep -q 'CANCELLED' "$run/slurm/networks-2.log"
[ "$(field "done")" = "$(field cells)" ]
test -s "$run/report.html"
grep -q 'report.html' "$run/slurm/evaluation.log"

"$gamut" --quiet --workspace "$folder/whole" run "$folder/small.toml"
cmp "$run/results.csv" "$folder/whole/runs/small/results.csv"
networks=0
while IFS= read -r network; do
  cmp "$run/$network" "$folder/whole/runs/small/$network"
  networks=$((networks + 1))
done < <(cd "$folder/whole/runs/small" && find cells predictions -name model.safetensors -o -name scores.csv -o -path 'predictions/*.csv')
[ "$networks" -gt 2 ]
echo "tests/slurm: results.csv and $networks files of networks and predictions equal those of one process"
