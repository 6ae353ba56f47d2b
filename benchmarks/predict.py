#!/usr/bin/env python3
"""Measures gamut predict against what the cores could do if nothing were lost. Python 3.9 or later and the ffmpeg program.

A folder of MP3s of 60 s goes through a model of the frozen ResNet-18 strategy, made for the time from the built-in music (with
random weights, which are as fast as others). Decoding with pictures and the networks are measured alone on one thread, in the
same run; `gamut bench predict` does the measuring.
"""
import argparse
import json
import os
import pathlib
import platform
import subprocess
import tempfile

from extract import HERE, Table, output_of

EXPERIMENT = """
name = "frozen"
[data]
test = 0.2
validation = 0.2
[spectrogram]
scales = ["mel"]
[training]
strategy = "one-vs-all-frozen"
"""


def make_songs(arguments, scratch):
    """Links to four different excerpts of 60 s."""
    subprocess.run([HERE / "make_benchmark_audio.sh", scratch / "audio", arguments.build], check=True)
    folder = scratch / "songs"
    folder.mkdir()
    for number in range(arguments.songs):
        excerpt = scratch / f"excerpt{number % 4}.mp3"
        if not excerpt.exists():
            subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "fatal", "-ss", str(60 * number), "-i",
                            scratch / "audio" / "song.mp3", "-t", "60", "-c", "copy", excerpt], check=True)
        os.link(excerpt, folder / f"{number:03}.mp3")
    return folder


def make_model(arguments, scratch):
    gamut = arguments.build / "gamut"

    def quietly(*command):
        subprocess.run([gamut, "--quiet", "--workspace", scratch / "workspace", *command], check=True, stdout=subprocess.DEVNULL)

    quietly("demo", "--music-only", "--out", scratch / "demo")
    quietly("import", scratch / "demo" / "music" / "songs.csv", "--taxonomy", scratch / "demo" / "music" / "taxonomy.csv")
    (scratch / "frozen.toml").write_text(EXPERIMENT)
    quietly("run", scratch / "frozen.toml")
    quietly("export", "model", scratch / "workspace" / "runs" / "frozen", "-o", scratch / "model")
    return scratch / "model"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build" / "release", help="a build folder of gamut")
    parser.add_argument("--model", type=pathlib.Path, help="another model directory")
    parser.add_argument("--songs", type=int, default=64)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    with tempfile.TemporaryDirectory(prefix="gamut-benchmark-") as name:
        scratch = pathlib.Path(name)
        songs = make_songs(arguments, scratch)
        model = arguments.model or make_model(arguments, scratch)
        print(f"{platform.platform()}, {os.cpu_count()} cores; load {os.getloadavg()[0]:.2f} before")
        figures = json.loads(output_of([arguments.build / "gamut", "bench", "predict", "--model", model, songs, "--runs",
                                        arguments.runs, "--json"]))
        table = Table()
        table.add("decoding and pictures of a song, one thread, processor time", figures["features_cpu_s"], "s")
        table.add("networks of a song, one thread, processor time", figures["network_cpu_s"], "s")
        table.add(f"gamut predict, {figures['jobs']} jobs", figures["songs_per_second"], "/s")
        table.add("  to what the cores could do with nothing lost", figures["efficiency"], "", "at least 0.9")


if __name__ == "__main__":
    main()
