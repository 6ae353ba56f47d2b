#!/usr/bin/env python3
"""The paper's librosa calls, each by torchaudio's counterpart, on one thread. No pictures.

librosa.load (mono, 22,050 Hz); amplitude_to_db(abs(stft(signal))); power_to_db(feature.melspectrogram(signal)): as there, the
mel spectrogram starts from the signal again.

Usage: torchaudio_extract.py AUDIO [RUNS [default|kaiser_best]]; prints the wall and processor seconds of each run, a line a run.
The resampler is torchaudio's own default, a short filter, or the long one that its manual gives as librosa's kaiser_best, which is
nearer to the soxr_hq of librosa and gamut. Debian: apt-get install python3-torchaudio, run with /usr/bin/python3.
"""
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # read on import; set_num_threads leaves a second thread spinning

import torch
import torchaudio

RESAMPLERS = {
    "default": {},
    # https://pytorch.org/audio/0.13.1/tutorials/audio_resampling_tutorial.html
    "kaiser_best": {
        "lowpass_filter_width": 64,
        "rolloff": 0.9475937167399596,
        "resampling_method": "kaiser_window",
        "beta": 14.769656459379492,
    },
}


def extract(path, resample, magnitude, magnitude_to_db, mel_power, power_to_db):
    signal, _ = torchaudio.load(path)
    signal = resample(signal.mean(dim=0))
    return magnitude_to_db(magnitude(signal)), power_to_db(mel_power(signal))


def main():
    path = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    resampler = RESAMPLERS[sys.argv[3] if len(sys.argv) > 3 else "default"]
    torch.set_num_threads(1)
    rate = torchaudio.info(path).sample_rate
    frames = {"n_fft": 2048, "hop_length": 512, "center": True, "pad_mode": "constant"}
    stages = (
        torchaudio.transforms.Resample(rate, 22050, **resampler),
        torchaudio.transforms.Spectrogram(power=1, **frames),
        torchaudio.transforms.AmplitudeToDB("magnitude", top_db=80),
        torchaudio.transforms.MelSpectrogram(22050, n_mels=128, norm="slaney", mel_scale="slaney", **frames),
        torchaudio.transforms.AmplitudeToDB("power", top_db=80),
    )
    extract(path, *stages)  # brings the file into the system's cache
    for _ in range(runs):
        start, start_cpu = time.perf_counter(), time.process_time()
        extract(path, *stages)
        print(f"{time.perf_counter() - start:.6f} {time.process_time() - start_cpu:.6f}")


if __name__ == "__main__":
    main()
