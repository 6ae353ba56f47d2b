#!/usr/bin/env bash
# Makes the files that the benchmarks read, with the ffmpeg program. The same sources and ffmpeg give the same bytes.
#
# Usage: make_benchmark_audio.sh FOLDER [BUILD]
#   song.mp3     250 s, 44.1 kHz, stereo, 256 kb/s: recordings of $GAMUT_TEST_DATA/audio if there are any, otherwise
#                the built-in music, composed by BUILD/gamut (BUILD is build/release when not given)
#   hour.mp3     its frames again and again, one hour of them
#   excerpt.mp3  its first 20 s
set -euo pipefail
folder=$1
build=${2:-$(dirname "$0")/../build/release}
mkdir -p "$folder"
command -v ffmpeg >/dev/null || { echo "the ffmpeg program is missing: apt-get install ffmpeg" >&2; exit 1; }

shopt -s nullglob
sources=("${GAMUT_TEST_DATA:-/nonexistent}"/audio/*.ogg)
if [ ${#sources[@]} = 0 ]; then
  "$build/gamut" demo --music-only --out "$folder/demo"
  mapfile -t sources < <(find "$folder/demo/music" -name '*.flac' | LC_ALL=C sort | head -n 32)
fi

quietly() { ffmpeg -nostdin -y -loglevel fatal -threads 1 "$@"; }
inputs=()
each=""
all=""
for i in "${!sources[@]}"; do
  inputs+=(-i "${sources[$i]}")
  each+="[$i:a]aresample=44100,aformat=sample_fmts=fltp:channel_layouts=stereo[a$i];"
  all+="[a$i]"
done
# The right channel comes 10 ms later, so that mono sources are coded as stereo, too.
all+="concat=n=${#sources[@]}:v=0:a=1,adelay=0|10,aloop=loop=-1:size=2147483647"
quietly "${inputs[@]}" -filter_complex "$each$all" -t 250 -map_metadata -1 -fflags +bitexact -flags:a +bitexact \
  -c:a libmp3lame -b:a 256k "$folder/song.mp3"
quietly -stream_loop -1 -i "$folder/song.mp3" -t 3600 -c copy -fflags +bitexact "$folder/hour.mp3"
quietly -i "$folder/song.mp3" -t 20 -c copy -fflags +bitexact "$folder/excerpt.mp3"
