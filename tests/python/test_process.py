"""The package as a guest in its process: what it loads, what it blocks, how it stops."""
import pathlib
import subprocess
import sys
import textwrap
import threading
import time

import gamut
import numpy as np
import pytest


def run(script, *arguments, **options):
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300, **options)


def test_spectrograms_need_no_torch(clip):
    result = run(
        """
        import sys, gamut
        gamut.spectrogram(sys.argv[1])
        assert "torch" not in open("/proc/self/maps").read()
        assert not hasattr(gamut, "Modell")
        """,
        clip,
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("order", ["import torch, gamut; gamut.Model", "import gamut; gamut.Model; import torch"])
def test_lives_beside_pythons_torch(model_directory, music, order):
    result = run(
        f"""
        import importlib.util, sys
        if importlib.util.find_spec("torch") is None:
            sys.exit(77)
        {order}
        torch.set_num_threads(1)
        before = torch.nn.functional.conv2d(torch.ones(1, 3, 9, 9), torch.ones(2, 3, 3, 3)).sum().item()
        prediction = gamut.Model(sys.argv[1]).predict(sys.argv[2])
        assert prediction["outcome"] == "ok"
        assert torch.get_num_threads() == 1
        after = torch.nn.functional.conv2d(torch.ones(1, 3, 9, 9), torch.ones(2, 3, 3, 3)).sum().item()
        assert before == after == 2 * 27 * 49
        """,
        model_directory,
        music[0],
    )
    if result.returncode == 77:
        pytest.skip("this Python has no torch")
    assert (result.returncode, result.stderr) == (0, "")


class Counter(threading.Thread):
    """Counts whenever it gets the interpreter, which nobody takes away from who holds it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.count = 0
        self.stopped = False

    def run(self):
        while not self.stopped:
            self.count += 1
            time.sleep(0.0001)  # gives the interpreter back

    def counts_during(self, call):
        """Whether it counts while `call` runs; tried again, because a busy machine may not get to it."""
        for _ in range(200):
            before = self.count
            call()
            if self.count > before:
                return True
        return False


@pytest.fixture
def counter():
    thread = Counter()
    thread.start()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    yield thread
    thread.stopped = True
    thread.join()
    sys.setswitchinterval(interval)


def test_the_counter_stands_still_while_the_interpreter_is_held(counter):
    assert not counter.counts_during(lambda: sum(range(1000)))


@pytest.mark.parametrize(
    "call",
    [
        lambda clip, noise: gamut.load(clip),
        lambda clip, noise: gamut.spectrogram(noise),
        lambda clip, noise: gamut.spectrogram(noise, array="picture"),
        lambda clip, noise: gamut.power_to_db(noise),
        lambda clip, noise: gamut.resample(noise, orig_sr=44100, target_sr=22050),
    ],
    ids=["load", "spectrogram", "picture", "power_to_db", "resample"],
)
def test_other_threads_run_meanwhile(counter, clip, call):
    noise = np.random.default_rng(1).random(200_000, np.float32)
    assert counter.counts_during(lambda: call(clip, noise))


def test_other_threads_run_while_a_model_predicts(counter, model_directory, music):
    model = gamut.Model(model_directory)
    assert counter.counts_during(lambda: model.predict(music[0]))


def test_threads_get_what_one_thread_gets(clip, model_directory, music):
    model = gamut.Model(model_directory)
    expected = (gamut.spectrogram(clip), model.predict(music[0], jobs=1))
    faults = []

    def work():
        for _ in range(3):
            if not np.array_equal(gamut.spectrogram(clip), expected[0]):
                faults.append("spectrogram")
            if model.predict(music[0], jobs=1) != expected[1]:
                faults.append("prediction")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_interrupt_ends_a_prediction(model_directory, music):
    script = """
        import os, signal, sys, threading, gamut
        model = gamut.Model(sys.argv[1])
        songs = [sys.argv[2]] * 100000
        threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        try:
            model.predict(songs, jobs=2)
        except KeyboardInterrupt:
            assert model.predict(sys.argv[2])["outcome"] == "ok"
            print("interrupted")
        """
    result = run(script, model_directory, music[0])
    assert (result.stdout, result.stderr) == ("interrupted\n", "")


def test_memory_does_not_grow(tone):
    def resident_kb():
        status = pathlib.Path("/proc/self/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    for _ in range(20):
        gamut.spectrogram(tone, scale="linear", array="power")
    before = resident_kb()
    for _ in range(300):  # 180 kB each
        gamut.spectrogram(tone, scale="linear", array="power")
    assert resident_kb() - before < 20_000
