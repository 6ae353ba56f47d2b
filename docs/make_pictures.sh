#!/usr/bin/env bash
# make_pictures.sh GAMUT: draws docs/pictures/<scale>-<reduce>.png, one song of the built-in music on every scale, photographs
# the demo's report and the page of `gamut serve`, and draws what the demo's model says of a test song.
set -euo pipefail
cd "$(dirname "$0")"
gamut=$1
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
"$gamut" demo --out "$folder"
song=$folder/music/$(grep -m 1 'Jazz Fusion' "$folder/music/songs.csv" | cut -d, -f1)
for page in scales/*.md; do
  scale=$(basename "$page" .md)
  case $scale in README | mfcc) continue ;; esac
  for reduce in nearest mean; do
    "$gamut" spectrogram "$song" --scale "$scale" --reduce "$reduce" -o "pictures/$scale-$reduce.png"
  done
done
node photograph_report.mjs "$folder/runs/demo/report.html"
run=$folder/runs/demo
"$gamut" --workspace "$folder" export model "$run" --scale mel --neighbours -o "$folder/model"
node photograph_page.mjs "$gamut" "$folder/model" "$folder/music"
jazz=$(awk -F, '$2 == "test" && $6 == 1 { print $1; exit }' "$run/split.csv")
"$gamut" explain --model "$folder/model" "$folder/music/$jazz" --genre Jazz -o pictures/explain.png
