"""What gamut raises."""

from __future__ import annotations


class Error(Exception):
    """Base of everything gamut raises; its text says what, which value, the limit and what to do.

    Attributes
    ----------
    path : str or None
        The file concerned.
    """

    path: str | None = None


class ParameterError(Error, ValueError):
    """An argument, option or sample out of its range."""


class FileError(Error, OSError):
    """A file of gamut's own that cannot be read, or is not what it claims to be."""


class DecodeError(Error, OSError):
    """Audio that cannot be decoded."""


class ModelError(Error):
    """A model directory that is damaged, or networks that do not fit it."""


class PartialAudioWarning(UserWarning):
    """A recording that ends early: what could be decoded was used."""
