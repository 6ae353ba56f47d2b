#!/usr/bin/env python3
"""Measures training and inference against torchvision and PyTorch. Python 3.9 or later; the peer needs Debian's python3-torchvision.

Whatever is compared is run in turn, round after round, so that a busy moment of the machine hits both sides; a figure is the
median of all runs.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

from extract import HERE, Table, output_of

EPOCHS_A_ROUND = 2


def twin_rates(arguments, scratch, architecture, *options):
    command = [arguments.python, HERE / "torchvision_training.py", scratch / "png", architecture, "--pictures",
               arguments.pictures, "--batch", arguments.batch, "--epochs", EPOCHS_A_ROUND, *options]
    return [float(line) for line in output_of(command).splitlines()]


def bench(arguments, architecture, parts):
    command = [arguments.build / "gamut", "--quiet", "bench", "train", "--architecture", architecture, "--pictures",
               arguments.pictures, "--batch", arguments.batch, "--runs", EPOCHS_A_ROUND, "--parts", parts, "--json"]
    return json.loads(output_of(command))["architectures"][architecture]


def measure_speed(table, arguments, scratch, architecture):
    """Everything in images a second."""
    runs = {}
    cores = os.cpu_count()

    def note(what, rates):
        runs.setdefault(what, []).extend(rates)

    def rate(what):
        return statistics.median(runs[what])

    for _ in range(arguments.rounds):
        note("twin", twin_rates(arguments, scratch, architecture))
        note("workers", twin_rates(arguments, scratch, architecture, "--workers", cores))
        note("twin inference", twin_rates(arguments, scratch, architecture, "--inference", "--threads", 1))
        figures = bench(arguments, architecture, "side-by-side,one-network,frozen-stages,heads,inference")
        for part in ("side_by_side", "one_network", "frozen_stages", "inference_eager", "inference_folded"):
            note(part, figures[part]["runs"])
        for part in ("data_path_percent", "heads_speedup", "activations_kb_a_picture"):
            note(part, [figures[part]])
    table.add(f"{architecture}: torchvision, {cores} threads, pictures read by them", rate("twin"), "/s")
    table.add(f"{architecture}: torchvision, {cores} threads, {cores} processes that read", rate("workers"), "/s")
    table.add(f"{architecture}: gamut, {cores} networks of 1 thread together", rate("side_by_side"), "/s")
    table.add(f"{architecture}: gamut, 1 network of {cores} threads", rate("one_network"), "/s")
    peer = max(rate("twin"), rate("workers"))
    wanted = {"resnet18": "at least 1.4", "resnet34": "at least 1.1"}.get(architecture, "")
    table.add("  side by side / the faster torchvision", rate("side_by_side") / peer, "x", wanted)
    table.add("  one network / the faster torchvision", rate("one_network") / peer, "x", "at least 1.0")
    table.add("  of a training step, what comes before the network", rate("data_path_percent"), "%", "below 2")
    table.add("  frozen up to layer 3 / fine-tuning", rate("frozen_stages") / rate("side_by_side"), "x", "at least 2")
    table.add("    kept activations of a picture", rate("activations_kb_a_picture"), "kB")
    table.add("  16 heads / 16 fine-tunings of 10 epochs", rate("heads_speedup"), "x", "at least 50")
    table.add(f"{architecture}: torchvision, inference, 1 thread", rate("twin inference"), "/s")
    table.add(f"{architecture}: gamut, inference, 1 thread, folded", rate("inference_folded"), "/s")
    table.add("  folded inference / torchvision's", rate("inference_folded") / rate("twin inference"), "x", "at least 1.2")
    table.add("  folded inference / gamut's with batch norms apart",
              rate("inference_folded") / rate("inference_eager"), "x")


def anonymous_peak_mb(command):
    """Largest anonymous resident memory of a program, looked up 20 times a second, in millions of bytes."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0

    def watch():
        nonlocal peak
        while process.poll() is None:
            try:
                for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
                    if line.startswith("RssAnon:"):
                        peak = max(peak, int(line.split()[1]))
            except OSError:
                pass
            time.sleep(0.05)

    thread = threading.Thread(target=watch)
    thread.start()
    thread.join()
    if process.returncode != 0:
        raise SystemExit(f"{command} failed with {process.returncode}")
    return peak * 1024 / 1e6


EXPERIMENT = """
name = "memory"
[data]
genres = ["Rare", "Common"]
group_by = "none"
test = 0.005
validation = 0.005
[spectrogram]
scales = ["mel"]
[training]
epochs = 1
input_size = 32
strategy = ["one-vs-all", "one-vs-all-frozen"]
negatives = "{negatives}"
"""


def run_peak_mb(arguments, folder, songs, negatives):
    """Peaks of `gamut run` over the pictures of so many songs: of the pictures, and of the training."""
    gamut = arguments.build / "gamut"
    audio = folder / "audio"
    audio.mkdir(parents=True)
    subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "anoisesrc=d=0.5:seed=1:r=22050",
                    audio / "0.wav"], check=True)
    rows = ["path,genres,album"]
    for number in range(songs):
        path = audio / f"{number % 1000}" / f"{number}.wav"
        first = path.parent / "first.wav"  # a file can have 65,000 names on ext4
        if not path.parent.exists():
            path.parent.mkdir()
            shutil.copy(audio / "0.wav", first)
        os.link(first, path)
        rows.append(f"{path},{'Rare' if number % (songs // 200) == 0 else 'Common'},{number}")
    (folder / "songs.csv").write_text("\n".join(rows) + "\n")
    (folder / "memory.toml").write_text(EXPERIMENT.format(negatives=negatives))
    subprocess.run([gamut, "import", folder / "songs.csv", "--workspace", folder, "--no-check-files"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run = [gamut, "run", folder / "memory.toml", "--workspace", folder, "--jobs", 2]
    return anonymous_peak_mb(run + ["--only", "pictures"]), anonymous_peak_mb(run)


def measure_memory(table, arguments, scratch):
    few = run_peak_mb(arguments, scratch / "few", 1000, "balanced")
    many = run_peak_mb(arguments, scratch / "many", arguments.songs, "balanced")
    for stage, small, large in zip(("pictures", "training"), few, many):
        table.add(f"{stage} of 1,000 songs: peak of anonymous memory", small, "MB")
        table.add(f"{stage} of {arguments.songs:,} songs: peak of anonymous memory", large, "MB")
    table.add(f"training, {arguments.songs:,} songs against 1,000", many[1] - few[1], "MB")
    table.add("  of the size of their pictures", 100 * (many[1] - few[1]) * 1e6 / (arguments.songs * 62500), "%", "about 0")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build" / "release", help="a build folder of gamut")
    parser.add_argument("--python", default="/usr/bin/python3", help="a Python that has torchvision")
    parser.add_argument("--architecture", action="append", help="default: resnet18 and resnet34")
    parser.add_argument("--pictures", type=int, default=64, help="an epoch")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3, help=f"times that everything is compared, {EPOCHS_A_ROUND} epochs each")
    parser.add_argument("--songs", type=int, default=100_000, help="of the memory's measurement; their pictures take 62.5 kB each")
    parser.add_argument("--only", choices=["speed", "memory"], action="append")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="the table as JSON")
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    chosen = arguments.only or ["speed", "memory"]
    table = Table()
    with tempfile.TemporaryDirectory(prefix="gamut-benchmark-") as name:
        print(f"{platform.platform()}, {os.cpu_count()} cores; load {os.getloadavg()[0]:.2f} before")
        if "speed" in chosen:
            for architecture in arguments.architecture or ["resnet18", "resnet34"]:
                measure_speed(table, arguments, pathlib.Path(name), architecture)
        if "memory" in chosen:
            measure_memory(table, arguments, pathlib.Path(name))
    if arguments.output:
        arguments.output.write_text(json.dumps(table.rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
