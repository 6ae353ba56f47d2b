#!/usr/bin/env python3
"""Trains a tiny model through the program: make_tiny_model.py GAMUT FOLDER makes FOLDER/model. Nothing but Python is needed.

The music is a library of one-second clips: "Tones" are sines, "Noise & Hiss" is noise, and every third album is both.
"""
import array
import math
import pathlib
import random
import shutil
import subprocess
import sys
import wave

EXPERIMENT = """
name = "tiny"
[data]
test = 0.3
validation = 0.3
[spectrogram]
scales = ["mel"]
picture_size = 32
[training]
epochs = 2
batch = 8
input_size = 0
"""


def write_clip(path, tones, noise, seed):
    draw = random.Random(seed)
    step = draw.uniform(0.05, 0.5)
    samples = array.array("h")
    for t in range(22050):
        value = (0.4 * math.sin(step * t) if tones else 0) + (draw.gauss(0, 0.1) if noise else 0)
        samples.append(round(32767 * max(-1, min(1, value))))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


def main():
    gamut, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = ["path,album,genres"]
    for album in range(9):
        for track in range(4):
            tones, noise = album % 3 != 1, album % 3 != 0
            name = f"{album}-{track}.wav"
            write_clip(folder / name, tones, noise, 10 * album + track)
            genres = ["Tones"] * tones + ["Noise & Hiss"] * noise
            rows.append(f"{name},Album {album},{';'.join(genres)}")
    (folder / "songs.csv").write_text("\n".join(rows) + "\n")
    (folder / "tiny.toml").write_text(EXPERIMENT)
    run = folder / "runs" / "tiny"
    for arguments in (
        ["import", folder / "songs.csv", "--workspace", folder],
        ["run", folder / "tiny.toml", "--workspace", folder, "--jobs", "2"],
        ["export", "model", run, "-o", folder / "model"],
    ):
        subprocess.run([gamut, *arguments], check=True)


if __name__ == "__main__":
    main()
