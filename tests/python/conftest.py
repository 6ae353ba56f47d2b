"""What the tests of the Python package share. CTest runs them with PYTHONPATH and these variables:

GAMUT_SOURCE_DIR  the checkout
GAMUT_REFERENCE   another set of reference numbers than tests/golden/reference
GAMUT_TINY_MODEL  a model directory; the tests of gamut.Model are skipped without it
"""
import os
import pathlib

import numpy as np
import pytest

SOURCE = pathlib.Path(os.environ.get("GAMUT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))


@pytest.fixture
def reference():
    return pathlib.Path(os.environ.get("GAMUT_REFERENCE") or SOURCE / "tests/golden/reference")


@pytest.fixture
def clip():
    """Two seconds of music."""
    return SOURCE / "tests/golden/reference/clip.flac"


@pytest.fixture
def tone():
    """A second of 440 Hz."""
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(22050) / 22050)).astype(np.float32)


@pytest.fixture(scope="session")
def model_directory():
    directory = os.environ.get("GAMUT_TINY_MODEL")
    if not directory:
        pytest.skip("GAMUT_TINY_MODEL is not set: this build has no LibTorch")
    return pathlib.Path(directory)


@pytest.fixture(scope="session")
def music(model_directory):
    """The recordings that the tiny model was made from."""
    return sorted(model_directory.parent.glob("*.wav"))
