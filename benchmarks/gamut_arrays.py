#!/usr/bin/env python3
"""The paper's librosa calls by gamut's Python package, on one thread: load, and the linear and the mel spectrogram in dB. No pictures.

Usage: gamut_arrays.py AUDIO [RUNS]; prints the wall and processor seconds of each run, a line a run. PYTHONPATH names the package.
"""
import sys
import time

import gamut


def extract(path):
    signal, rate = gamut.load(path)
    return gamut.spectrogram(signal, sr=rate, scale="linear"), gamut.spectrogram(signal, sr=rate, scale="mel")


def main():
    path = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    extract(path)  # brings the file into the system's cache
    for _ in range(runs):
        start, start_cpu = time.perf_counter(), time.process_time()
        extract(path)
        print(f"{time.perf_counter() - start:.6f} {time.process_time() - start_cpu:.6f}")


if __name__ == "__main__":
    main()
