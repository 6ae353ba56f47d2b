#!/usr/bin/env python3
"""Measures the way from files to pictures against other programs. Python 3.9 or later and nothing else.

Whatever is compared is run in turn, round after round, so that a busy moment of the machine hits both sides; a figure is the
median of all runs. Next to the wall clock stands the processor's: where the two differ, the machine was busy.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RUNS_A_ROUND = 2


def output_of(command):
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True, text=True).stdout


def peer_runs(command):
    """[(wall, cpu)] of a program that prints a line a run."""
    return [tuple(map(float, line.split())) for line in output_of(command).splitlines()]


def bench_runs(gamut, audio, scales):
    """[{"decode_s", "total_s", …, "cpu": {…}}] of one file."""
    command = [gamut, "bench", "extract", audio, "--scale", ",".join(scales), "--runs", RUNS_A_ROUND, "--json"]
    return json.loads(output_of(command))["files"][0]["runs"]


def all_scales(gamut):
    text = output_of([gamut, "bench", "extract", "--help"])
    return re.search(r"--scale .*?\{(.*?)\}", text, re.S).group(1).replace("\n", "").replace(" ", "").split(",")


def peak_mb(command):
    """Largest resident set of a program, in millions of bytes."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} {command[1]} failed")
    return usage.ru_maxrss * 1024 / 1e6


def both_clocks(runs, key):
    return [(run[key], run["cpu"][key]) for run in runs]


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, value, unit, wanted=""):
        self.rows.append({"what": what, "value": value, "unit": unit, "wanted": wanted})
        print(f"{what:<66}{value:>10.3f} {unit:<4} {wanted}", flush=True)

    def time(self, what, runs):
        self.add(what, statistics.median(wall for wall, _ in runs), "s")
        self.add("    of processor time", statistics.median(cpu for _, cpu in runs), "s")

    def ratio(self, what, runs, to, wanted=""):
        for clock, name in ((0, what), (1, "    of processor time")):
            ratio = statistics.median(run[clock] for run in runs) / statistics.median(run[clock] for run in to)
            self.add(name, ratio, "x", wanted if clock == 0 else "")


def measure_speed(table, arguments, song):
    decoder = arguments.build / "benchmarks" / "gamut_ffmpeg_decode"
    gamut = arguments.build / "gamut"
    scales = all_scales(gamut)
    libraries, pair, every = [], [], []
    for _ in range(arguments.rounds):
        libraries += peer_runs([decoder, song, RUNS_A_ROUND])
        pair += bench_runs(gamut, song, ["linear", "mel"])
        every += bench_runs(gamut, song, scales)
    decode, total = both_clocks(pair, "decode_s"), both_clocks(pair, "total_s")
    table.time("decoding with FFmpeg's libraries alone", libraries)
    table.time("decoding with gamut, to one channel", decode)
    table.time("linear and mel pictures", total)
    for stage in pair[0]["stages"]:
        if stage != "decode":
            table.time(f"  {stage}", [(run["stages"][stage], run["cpu"]["stages"][stage]) for run in pair])
    table.ratio("decoding: gamut / FFmpeg's libraries", decode, libraries, "at most 1.1")
    table.ratio("linear and mel pictures / decoding", total, decode, "at most 1.6")
    table.ratio(f"all {len(scales)} scales / decoding", both_clocks(every, "total_s"),
                both_clocks(every, "decode_s"), "at most 4")


def measure_peer(table, arguments, song, command, name, wanted):
    python, script, *options = command
    theirs, ours = [], []
    for _ in range(arguments.rounds):
        theirs += peer_runs([python, HERE / script, song, RUNS_A_ROUND, *options])
        ours += both_clocks(bench_runs(arguments.build / "gamut", song, ["linear", "mel"]), "total_s")
    table.time(f"{name}", theirs)
    table.ratio(f"{name} / gamut's linear and mel pictures", theirs, ours, wanted)


def measure_python(table, arguments, song):
    os.environ["PYTHONPATH"] = str(arguments.build / "python")
    resamplers = ("default", "kaiser_best")
    theirs, ours = {resampler: [] for resampler in resamplers}, []
    for _ in range(arguments.rounds):
        ours += peer_runs([arguments.torchaudio_python, HERE / "gamut_arrays.py", song, RUNS_A_ROUND])
        for resampler in resamplers:
            theirs[resampler] += peer_runs(
                [arguments.torchaudio_python, HERE / "torchaudio_extract.py", song, RUNS_A_ROUND, resampler])
    table.time("gamut from Python: linear and mel arrays in dB", ours)
    for resampler in resamplers:
        table.time(f"torchaudio, {resampler} resampler", theirs[resampler])
        table.ratio(f"torchaudio, {resampler} resampler / gamut from Python", theirs[resampler], ours, "at least 4")


def measure_jobs(table, arguments, song):
    command = [arguments.build / "gamut", "bench", "extract", song, "--jobs", "1,2", "--runs", arguments.rounds, "--json"]
    one, two = json.loads(output_of(command))["jobs"]
    table.add(f"{one['songs']} songs with one job", one["seconds"], "s")
    table.add(f"{two['songs']} songs with two jobs", two["seconds"], "s")
    table.add("two jobs against one, on two cores", two["speedup"], "x", "at least 1.85")
    table.add("    cores that the two jobs got", two["cpu_s"] / two["seconds"], "", "2 where nothing else runs")
    table.add("    processor time of two jobs against one", two["cpu_s"] / one["cpu_s"], "x", "1 where they do not hinder each other")


def extract_peak_mb(gamut, folder, songs):
    """Peak of `gamut extract` over songs, in a workspace of their own."""
    folder.mkdir()
    lines = ["path,genres"] + [f"{song},Any" for song in songs]
    (folder / "songs.csv").write_text("\n".join(lines) + "\n")
    peak_mb([gamut, "import", folder / "songs.csv", "--workspace", folder, "--no-check-files"])
    return peak_mb([gamut, "extract", "--workspace", folder, "--jobs", "1"])


def measure_memory(table, arguments, audio, scratch):
    gamut = arguments.build / "gamut"
    table.add("gamut --version: peak memory", peak_mb([gamut, "--version"]), "MB")
    table.add("an hour-long file: peak memory", extract_peak_mb(gamut, scratch / "hour", [audio / "hour.mp3"]), "MB",
              "below 450")
    songs = []
    for number in range(1000):
        songs.append(scratch / f"song{number:04}.mp3")
        os.link(scratch / "excerpt.mp3", songs[-1])
    few = extract_peak_mb(gamut, scratch / "few", songs[:100])
    many = extract_peak_mb(gamut, scratch / "many", songs)
    table.add("100 songs of 20 s: peak memory", few, "MB")
    table.add("1,000 songs of 20 s: peak memory", many, "MB")
    table.add("1,000 songs against 100", many - few, "MB", "about 0")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build" / "release", help="a build folder of gamut")
    parser.add_argument("--audio", type=pathlib.Path, help="folder of make_benchmark_audio.sh; made for the time when not given")
    parser.add_argument("--rounds", type=int, default=5, help=f"times that everything is compared, {RUNS_A_ROUND} runs each")
    parser.add_argument("--only", choices=["speed", "torchaudio", "python", "librosa", "jobs", "memory"], action="append")
    parser.add_argument("--torchaudio-python", default="/usr/bin/python3", help="a Python that has torchaudio")
    parser.add_argument("--librosa-python", default="python3", help="a Python that has librosa")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="the table as JSON")
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    chosen = arguments.only or ["speed", "torchaudio", "python", "jobs", "memory"]
    table = Table()
    with tempfile.TemporaryDirectory(prefix="gamut-benchmark-") as name:
        scratch = pathlib.Path(name)
        audio = arguments.audio or scratch
        if not (audio / "song.mp3").exists():
            subprocess.run([HERE / "make_benchmark_audio.sh", audio, arguments.build], check=True)
        if audio != scratch:
            shutil.copy(audio / "excerpt.mp3", scratch)
        song = (audio / "song.mp3").resolve()
        print(f"{platform.platform()}, {os.cpu_count()} cores; load {os.getloadavg()[0]:.2f} before")
        if "speed" in chosen:
            measure_speed(table, arguments, song)
        if "torchaudio" in chosen:
            for resampler in ("default", "kaiser_best"):
                measure_peer(table, arguments, song, [arguments.torchaudio_python, "torchaudio_extract.py", resampler],
                             f"torchaudio, {resampler} resampler", "at least 4")
        if "python" in chosen:
            measure_python(table, arguments, song)
        if "librosa" in chosen:
            measure_peer(table, arguments, song, [arguments.librosa_python, "librosa_pictures.py"], "librosa and matplotlib", "")
        if "jobs" in chosen:
            measure_jobs(table, arguments, song)
        if "memory" in chosen:
            measure_memory(table, arguments, audio.resolve(), scratch)
    if arguments.output:
        arguments.output.write_text(json.dumps(table.rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
