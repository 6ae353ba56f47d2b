"""Recordings and their spectrograms."""

from __future__ import annotations

import functools
import os
import warnings
from typing import Callable, Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _spectra
from .errors import ParameterError, PartialAudioWarning

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]
Floats = NDArray[np.float32]

_LONGEST_S = 3 * 3600.0


def load(
    path: Path,
    *,
    sr: float | None = 22050,
    mono: bool = True,
    offset: float = 0.0,
    duration: float | None = None,
    max_duration: float = _LONGEST_S,
) -> tuple[Floats, float]:
    """Decode a recording, as ``librosa.load`` does.

    Parameters
    ----------
    path : str, bytes or PathLike
        A file that FFmpeg can read.
    sr : float or None
        Sampling rate of the result in Hz, 1000 to 768000; None keeps the file's own.
    mono : bool
        Mix all channels to one. If False, a recording of two channels or more gives its first two.
    offset : float
        Seconds left out at the start; at least 0.
    duration : float or None
        Seconds taken; above 0. None: to the end.
    max_duration : float
        Seconds; longer recordings are refused.

    Returns
    -------
    y : ndarray of float32, [samples] or [2, samples]
        Nominally in [-1, 1], never clipped.
    sr : float
        Its sampling rate in Hz.

    Raises
    ------
    DecodeError
        It is no audio that can be decoded.
    ParameterError
        An argument out of its range, or an offset behind the end.

    Warns
    -----
    PartialAudioWarning
        The recording ends early, or a part of it cannot be decoded.
    """
    channels = "mono" if mono or _spectra.count_channels(path) == 1 else "stereo"
    whole = offset == 0 and duration is None
    signals, rate = _decode(path, (0 if sr is None else sr) if whole else 0, channels, max_duration)
    if not whole:
        part = _part(len(signals[0]), rate, offset, duration)
        target = rate if sr is None else sr
        signals = [_spectra.resample(np.ascontiguousarray(signal[part]), rate, target) for signal in signals]
        rate = target
    if sr is not None:
        rate = sr
    elif rate == int(rate):
        rate = int(rate)
    return (signals[0] if len(signals) == 1 else np.stack(signals)), rate


def resample(y: ArrayLike, *, orig_sr: float, target_sr: float) -> Floats:
    """Change the sampling rate, as ``librosa.resample`` with ``soxr_hq`` does.

    Parameters
    ----------
    y : array_like of float, [samples]
    orig_sr, target_sr : float
        Sampling rates in Hz; above 0.

    Returns
    -------
    ndarray of float32, [ceil(samples * target_sr / orig_sr)]
    """
    return _spectra.resample(_signal(y), orig_sr, target_sr)


def spectrogram(
    audio: Path | ArrayLike,
    *,
    scale: str = "mel",
    array: str = "db",
    sr: float = 22050,
    n_fft: int = 2048,
    hop_length: int = 512,
    win_length: int | None = None,
    window: str = "hann",
    n_mels: int | None = None,
    n_bands: int | None = None,
    fmin: float | None = None,
    fmax: float | None = None,
    htk: bool = False,
    norm: str | None = "slaney",
    bins_per_octave: int = 12,
    gamma: float | None = None,
    top_db: float = 80.0,
    reduce: str = "nearest",
    picture_size: tuple[int, int] = (250, 250),
    channels: str = "mono",
) -> NDArray[np.float32] | NDArray[np.uint8]:
    """Spectrogram of a recording or a signal, on a frequency scale.

    Parameters
    ----------
    audio : str, bytes, PathLike or array_like of float
        A file, which is decoded at ``sr``; or a signal at ``sr``: [samples], or [2, samples] where ``channels`` is
        "stereo". Samples are finite, full scale is 1.
    scale : str
        One of ``scales()``.
    array : {"db", "power", "magnitude", "picture"}
        Decibels as the paper made them: relative to 1 for "linear", to the loudest cell for the other scales; the
        scale's powers; the magnitudes of the STFT, whatever the scale; or the picture that a network sees.
    sr : float
        Sampling rate in Hz, 1000 to 768000 for a file.
    n_fft : int
        Samples a frame; even, 2 to 65536.
    hop_length : int
        Samples from frame to frame; at least 1.
    win_length : int or None
        Samples of the window, 1 to ``n_fft``; None: ``n_fft``.
    window : {"hann", "hamming", "blackman", "blackmanharris", "boxcar"}
    n_mels, n_bands : int or None
        Bands of a filterbank or bins of a constant-Q transform, 1 to 4096: two names of one option. None: the scale's
        own number, 128 or 84.
    fmin, fmax : float or None
        Edges in Hz. None: the scale's own, 0 or 32.7 (C1), and half the sampling rate.
    htk : bool
        HTK's mel formula in place of Slaney's.
    norm : {"slaney", None}
        Mel bands of equal area, or of equal height.
    bins_per_octave : int
        Of "cqt" and "vqt"; 1 to 1200.
    gamma : float or None
        Hz added to the bandwidths of "vqt"; at least 0. None: as the ear's.
    top_db : float
        Decibels kept below the loudest cell; above 0.
    reduce : {"nearest", "mean"}
        Pictures only: the cell under each pixel's centre, or the mean power over its area.
    picture_size : (int, int)
        Pictures only: width and height in pixels, 1 to 4096.
    channels : {"mono", "left", "right", "mid", "side", "stereo"}
        What to take from a file.

    Returns
    -------
    ndarray of float32, [rows, frames], or of uint8, [height, width]
        Row 0 is the lowest frequency. Stereo: [2, ...], the pictures in one range of colours.

    Raises
    ------
    ParameterError
        An option out of its range, naming all faults at once; or a signal with a sample that is not finite, naming
        its position.
    DecodeError
        The file cannot be decoded.

    Warns
    -----
    PartialAudioWarning
        The file ends early, or a part of it cannot be decoded.
    """
    if n_mels is not None and n_bands is not None and n_mels != n_bands:
        raise ParameterError(f"n_mels is {n_mels} and n_bands is {n_bands}; they are one option, give one of them")
    front_end = _front_end(
        scale=scale,
        reduce=reduce,
        sample_rate_hz=sr,
        channels=channels,
        n_fft=n_fft,
        hop_length=hop_length,
        win_length=win_length,
        window=window,
        n_bands=n_mels if n_bands is None else n_bands,
        fmin_hz=fmin,
        fmax_hz=fmax,
        mel_formula="htk" if htk else "slaney",
        mel_norm="none" if norm is None else norm,
        bins_per_octave=bins_per_octave,
        gamma_hz=gamma,
        top_db=top_db,
        picture_width=picture_size[0],
        picture_height=picture_size[1],
    )
    if isinstance(audio, (str, bytes, os.PathLike)):
        signals, _ = _decode(audio, sr, channels, _LONGEST_S)
    elif channels == "stereo":
        signals = _two_signals(audio)
    else:
        signals = [_signal(audio)]
    if array == "picture":
        return front_end.compute_picture(signals)
    arrays = [front_end.compute_array(signal, array) for signal in signals]
    return arrays[0] if len(arrays) == 1 else np.stack(arrays)


def frequencies(
    scale: str = "mel",
    *,
    sr: float = 22050,
    n_fft: int = 2048,
    n_bands: int | None = None,
    fmin: float | None = None,
    fmax: float | None = None,
    htk: bool = False,
    bins_per_octave: int = 12,
) -> NDArray[np.float64]:
    """Frequency that each row of a spectrogram stands for.

    Parameters
    ----------
    scale, sr, n_fft, n_bands, fmin, fmax, htk, bins_per_octave
        As for `spectrogram`.

    Returns
    -------
    ndarray of float64, [rows]
        Hz, rising: a bin's own, the peak of a triangle, the centre of a constant-Q bin.
    """
    return _front_end(
        scale=scale,
        sample_rate_hz=sr,
        n_fft=n_fft,
        n_bands=n_bands,
        fmin_hz=fmin,
        fmax_hz=fmax,
        mel_formula="htk" if htk else "slaney",
        bins_per_octave=bins_per_octave,
    ).frequencies()


def power_to_db(
    S: ArrayLike,
    *,
    ref: float | Callable[[Floats], float] = 1.0,
    amin: float = 1e-10,
    top_db: float | None = 80.0,
) -> Floats:
    """Powers in decibels, as ``librosa.power_to_db`` does.

    Parameters
    ----------
    S : array_like of float, any shape
        Powers; finite, at least 0.
    ref : float or callable
        The power that becomes 0 dB, or what computes it from ``S``, such as ``np.max``.
    amin : float
        Smaller powers count as this; above 0.
    top_db : float or None
        Decibels kept below the loudest cell, at least 0; None: all.

    Returns
    -------
    ndarray of float32, the shape of ``S``
    """
    power = _finite(S, "the power")
    if power.size == 0:
        return power
    reference = float(ref(power)) if callable(ref) else float(ref)
    return _spectra.power_to_db(power.reshape(1, -1), reference, amin, top_db).reshape(power.shape)


def amplitude_to_db(
    S: ArrayLike,
    *,
    ref: float | Callable[[Floats], float] = 1.0,
    amin: float = 1e-5,
    top_db: float | None = 80.0,
) -> Floats:
    """Magnitudes in decibels, as ``librosa.amplitude_to_db`` does.

    Parameters
    ----------
    S : array_like of float, any shape
        Magnitudes; finite.
    ref : float or callable
        The magnitude that becomes 0 dB, or what computes it from the magnitudes, such as ``np.max``.
    amin : float
        Smaller magnitudes count as this; above 0.
    top_db : float or None
        Decibels kept below the loudest cell, at least 0; None: all.

    Returns
    -------
    ndarray of float32, the shape of ``S``
    """
    magnitude = np.abs(_finite(S, "the amplitude"))
    reference = float(ref(magnitude)) if callable(ref) else float(ref)
    return power_to_db(np.square(magnitude), ref=reference**2, amin=amin**2, top_db=top_db)


def scales() -> list[str]:
    """Names of the frequency scales, in the order in which they are shown."""
    return _spectra.scale_names()


def _front_end(**options: object) -> _spectra.FrontEnd:
    try:
        return _kept_front_end(**options)
    except TypeError:  # an option that cannot be a key, of which FrontEnd says what is wrong
        return _spectra.FrontEnd(options)


# Building one takes longer than the spectrogram of a short clip. They are immutable, and threads may share them.
@functools.lru_cache(maxsize=64, typed=True)
def _kept_front_end(**options: object) -> _spectra.FrontEnd:
    return _spectra.FrontEnd(options)


def _decode(path: Path, rate_hz: float, channels: str, max_duration_s: float) -> tuple[list[Floats], float]:
    signals, rate, reason = _spectra.decode(path, rate_hz, channels, max_duration_s)
    if reason:
        warnings.warn(f"{os.fsdecode(path)}: {reason}", PartialAudioWarning, stacklevel=3)
    return signals, rate


def _part(n_samples: int, rate_hz: float, offset_s: float, duration_s: float | None) -> slice:
    if not 0 <= offset_s < n_samples / rate_hz:
        raise ParameterError(
            f"offset is {offset_s} s; it must be at least 0 s and before the end of the recording, {n_samples / rate_hz:.2f} s"
        )
    start = int(offset_s * rate_hz)
    if duration_s is None:
        return slice(start, None)
    if not duration_s * rate_hz >= 1:
        raise ParameterError(f"duration is {duration_s} s; it must be at least one sample, {1 / rate_hz:.6f} s")
    return slice(start, start + int(min(duration_s * rate_hz, n_samples)))


def _finite(values: ArrayLike, what: str) -> Floats:
    array = _floats(values, what)
    finite = np.isfinite(array)
    if not finite.all():
        at = np.unravel_index(int(np.argmin(finite)), array.shape)
        raise ParameterError(f"{what} at {tuple(map(int, at))} is {array[at]}; it must be finite")
    return array


def _floats(values: ArrayLike, what: str) -> Floats:
    array = np.asarray(values)
    if not np.issubdtype(array.dtype, np.floating):
        raise ParameterError(
            f"{what} is of type {array.dtype}; it must be floating-point (16-bit samples: divide them by 32768)"
        )
    with np.errstate(over="ignore"):  # what overflows is infinite, and refused with its position
        return np.require(array, np.float32, "C")


def _signal(values: ArrayLike) -> Floats:
    signal = _floats(values, "the signal")
    if signal.ndim != 1:
        raise ParameterError(
            f"the signal has the shape {signal.shape}; it must be one channel, [samples]: mix or choose one first"
        )
    return signal


def _two_signals(values: ArrayLike) -> list[Floats]:
    signals = _floats(values, "the signal")
    if signals.ndim != 2 or len(signals) != 2:
        raise ParameterError(f"the signal has the shape {signals.shape}; stereo must be [2, samples]")
    return list(signals)
