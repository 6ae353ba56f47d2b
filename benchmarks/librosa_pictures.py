#!/usr/bin/env python3
"""The pictures of the paper as its authors' libraries make them: librosa and matplotlib, linear and mel, 250 x 250 pixels.

Usage: librosa_pictures.py AUDIO [RUNS]; prints the wall and processor seconds of each run, a line a run.
Needs librosa 0.10.2 and matplotlib, which come from Python's package index: Debian has no librosa.
"""
import os
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[variable] = "1"

import librosa
import librosa.display
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw(decibels, rate, path):
    figure = plt.figure(figsize=(2.5, 2.5))
    figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
    librosa.display.specshow(decibels, sr=rate, cmap="magma")
    plt.savefig(path)
    plt.close(figure)


def extract(path, folder):
    signal, rate = librosa.load(path)
    draw(librosa.amplitude_to_db(np.abs(librosa.stft(signal))), rate, os.path.join(folder, "linear.png"))
    mel = librosa.feature.melspectrogram(y=signal, sr=rate)
    draw(librosa.power_to_db(mel, ref=np.max), rate, os.path.join(folder, "mel.png"))


def main():
    path = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        extract(path, folder)  # compiles what librosa compiles on first use
        for _ in range(runs):
            start, start_cpu = time.perf_counter(), time.process_time()
            extract(path, folder)
            print(f"{time.perf_counter() - start:.6f} {time.process_time() - start_cpu:.6f}")


if __name__ == "__main__":
    main()
