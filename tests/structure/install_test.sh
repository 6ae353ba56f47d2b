#!/usr/bin/env bash
# install_test.sh BUILD CONSUMER PROGRAM [ARGUMENT…]: installs BUILD into a scratch prefix, builds CONSUMER's PROGRAM against it, and
# runs it.
set -euo pipefail
build=$1 consumer=$2 program=$3
shift 3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/prefix" >"$scratch/install.log"
options=(-DPROGRAM="$program" -DCMAKE_PREFIX_PATH="$scratch/prefix" -DCMAKE_BUILD_TYPE=Release)
[ "$program" = spectra ] && options+=(-DCMAKE_DISABLE_FIND_PACKAGE_Torch=ON)
cmake -S "$consumer" -B "$scratch/build" -G Ninja "${options[@]}"
cmake --build "$scratch/build"
"$scratch/build/$program" "$@"
