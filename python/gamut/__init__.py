"""Spectrograms on many frequency scales, and genres of music, from C++.

Audio files and NumPy arrays go in, NumPy arrays come out; names and numbers are librosa's.

>>> import gamut
>>> decibels = gamut.spectrogram("song.mp3", scale="mel")      # float32, [128, frames]
>>> gamut.Model("model").predict("song.mp3")["genres"]          # the only part that needs LibTorch

Every long call releases the interpreter's lock, so threads work side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._spectra import __version__
from .errors import DecodeError, Error, FileError, ModelError, ParameterError, PartialAudioWarning
from .spectra import amplitude_to_db, frequencies, load, power_to_db, resample, scales, spectrogram

if TYPE_CHECKING:
    from .model import Model

__all__ = [
    "DecodeError",
    "Error",
    "FileError",
    "Model",
    "ModelError",
    "ParameterError",
    "PartialAudioWarning",
    "__version__",
    "amplitude_to_db",
    "frequencies",
    "load",
    "power_to_db",
    "resample",
    "scales",
    "spectrogram",
]


def __getattr__(name: str) -> object:
    # LibTorch takes a third of a second to load, and only a model needs it.
    if name == "Model":
        from .model import Model

        globals()["Model"] = Model
        return Model
    raise AttributeError(f"module 'gamut' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
