"""Trained ensembles at work; needs LibTorch."""

from __future__ import annotations

import json
import os
from typing import Any, Iterable, overload

from . import _model
from .errors import DecodeError, ParameterError
from .spectra import _LONGEST_S, Path


class Model:
    """A model directory, as ``gamut export model`` writes it. Any number of threads may use it at once.

    Parameters
    ----------
    directory : str, bytes or PathLike
    device : {"auto", "cpu", "cuda"}
    verify : bool
        Compare every file with its checksum first.

    Raises
    ------
    FileError
        The directory or a file of it is missing.
    ModelError
        It is no model, or a damaged one.
    ParameterError
        "cuda" where there is none.
    """

    def __init__(self, directory: Path, *, device: str = "auto", verify: bool = True) -> None:
        self._directory = os.fsdecode(directory)
        self._model = _model.Model(directory, device, verify)

    @property
    def card(self) -> dict[str, Any]:
        """What the model is: how it was trained and tested, and the options of its pictures."""
        card: dict[str, Any] = json.loads(self._model.card())
        return card

    @property
    def genres(self) -> list[str]:
        """The genres it knows, in its own order."""
        return [genre["genre"] for genre in self.card["genres"]]

    @overload
    def predict(  # type: ignore[misc]  # a string is an iterable of strings too; the first overload takes it
        self,
        audio: Path,
        *,
        decision: str = ...,
        timeline: float | None = ...,
        timeline_hop: float | None = ...,
        top: int | None = ...,
        jobs: int | None = ...,
        max_duration: float = ...,
    ) -> dict[str, Any]: ...

    @overload
    def predict(
        self,
        audio: Iterable[Path],
        *,
        decision: str = ...,
        timeline: float | None = ...,
        timeline_hop: float | None = ...,
        top: int | None = ...,
        jobs: int | None = ...,
        max_duration: float = ...,
    ) -> list[dict[str, Any]]: ...

    def predict(
        self,
        audio: Path | Iterable[Path],
        *,
        decision: str = "tuned",
        timeline: float | None = None,
        timeline_hop: float | None = None,
        top: int | None = None,
        jobs: int | None = None,
        max_duration: float = _LONGEST_S,
    ) -> dict[str, Any] | list[dict[str, Any]]:
        """Genres of a recording, or of many.

        Parameters
        ----------
        audio : str, bytes, PathLike, or an iterable of them
            Audio files.
        decision : {"tuned", "0.5", "corrected"}
            Which genres are given: by tuned thresholds, by scores above 0.5, or by probabilities that are corrected
            for how common a genre is.
        timeline : float or None
            Seconds of windows that are scored one by one, 0.1 to 36000; None: the whole recording alone.
        timeline_hop : float or None
            Seconds from one window to the next, 0.1 to 36000; None: a third of a window, at least 0.1.
        top : int or None
            Show the scores of so many genres, at least 1; None: of all.
        jobs : int or None
            Recordings decoded and scored side by side; None: as many as there are cores.
        max_duration : float
            Seconds; longer recordings fail.

        Returns
        -------
        dict, or a list of them in the order of ``audio``
            What ``gamut predict --json`` prints: ``path``, ``outcome`` ("ok", "partial", and in lists "failed"),
            ``reason`` where there is one, ``duration_s``, ``genres`` (those given, best first), ``scores`` and
            ``probabilities`` by genre, 0 to 1, best first, and ``timeline``: ``start_s``, ``length_s`` and ``scores``
            of each window.

        Raises
        ------
        DecodeError
            A single recording that cannot be decoded. In lists it is a failed outcome with its reason.
        ParameterError
            An argument out of its range.
        KeyboardInterrupt
            On Ctrl-C, once the recordings in work are done.
        """
        single = isinstance(audio, (str, bytes, os.PathLike))
        paths: list[Path] = [audio] if single else list(audio)  # type: ignore[list-item, arg-type]
        if timeline_hop is not None and timeline is None:
            raise ParameterError("timeline_hop is given without timeline; give the seconds of a window too")
        hop = max(timeline / 3, 0.1) if timeline is not None and timeline_hop is None else timeline_hop
        lines = self._model.predict(paths, decision, timeline, hop, top, jobs, max_duration)
        results = [{"path": os.fsdecode(path), **json.loads(line)} for path, line in zip(paths, lines)]
        if not single:
            return results
        if results[0]["outcome"] == "failed":
            error = DecodeError(results[0]["reason"])
            error.path = results[0]["path"]
            raise error
        return results[0]

    def __repr__(self) -> str:
        return f"gamut.Model({self._directory!r})"
