import os
from typing import Any, Sequence

class Model:
    def __init__(self, directory: str | bytes | os.PathLike[Any], device: str, verify: bool) -> None: ...
    def card(self) -> str: ...
    def predict(
        self,
        paths: Sequence[str | bytes | os.PathLike[Any]],
        decision: str,
        window_s: float | None,
        hop_s: float | None,
        top: int | None,
        jobs: int | None,
        max_duration_s: float,
    ) -> list[str]: ...
