"""gamut against librosa 0.10.2 and matplotlib, with the tolerances of tests/spectra/golden_test.cpp."""
import json

import gamut
import numpy as np
import pytest

DB_TOLERANCE = 0.02
RELATIVE_TOLERANCE = 1e-4


@pytest.fixture
def librosa(reference):
    """Loads an array of librosa's; skips where the reference set has none of that name."""

    def load(name):
        path = reference / "librosa" / name
        if not path.exists():
            pytest.skip(f"absent: {path}")
        return np.load(path)

    return load


@pytest.fixture
def options(reference):
    info = json.loads((reference / "librosa/info.json").read_text())
    return {"sr": info["sr"], "n_fft": info["n_fft"], "hop_length": info["hop"], "fmax": info["fmax"], "n_mels": info["n_mels"]}


def assert_near(actual, expected, tolerance):
    assert actual.shape == expected.shape
    assert actual.dtype == np.float32
    np.testing.assert_allclose(actual, expected, rtol=0, atol=tolerance)


def assert_near_relative(actual, expected):
    assert_near(actual, expected, RELATIVE_TOLERANCE * np.abs(expected).max())


def test_load(reference, librosa, options):
    expected = librosa("signal.npy")
    y, sr = gamut.load(reference / "clip.flac", sr=options["sr"])
    assert sr == options["sr"]
    assert_near(y, expected, 1e-4)


def test_magnitude(librosa, options):
    actual = gamut.spectrogram(librosa("signal.npy"), scale="linear", array="magnitude", **options)
    assert_near_relative(actual, librosa("stft_magnitude.npy"))


def test_linear_db(librosa, options):
    actual = gamut.spectrogram(librosa("signal.npy"), scale="linear", **options)
    assert_near(actual, librosa("linear_db.npy"), DB_TOLERANCE)


def test_amplitude_to_db_is_librosas_way_to_linear_db(librosa):
    actual = gamut.amplitude_to_db(librosa("stft_magnitude.npy"))
    assert_near(actual, librosa("linear_db.npy"), DB_TOLERANCE)


def test_mel_power(librosa, options):
    actual = gamut.spectrogram(librosa("signal.npy"), array="power", **options)
    assert_near_relative(actual, librosa("mel_power.npy"))


def test_mel_htk_power(librosa, options):
    actual = gamut.spectrogram(librosa("signal.npy"), array="power", htk=True, **options)
    assert_near_relative(actual, librosa("mel_htk_power.npy"))


def test_mel_db(librosa, options):
    assert_near(gamut.spectrogram(librosa("signal.npy"), **options), librosa("mel_db.npy"), DB_TOLERANCE)


def test_power_to_db_is_librosas_way_to_mel_db(librosa):
    actual = gamut.power_to_db(librosa("mel_power.npy"), ref=np.max)
    assert_near(actual, librosa("mel_db.npy"), DB_TOLERANCE)


def test_linear_bands_power(librosa, options):
    actual = gamut.spectrogram(librosa("signal.npy"), scale="linear-bands", array="power", **options)
    assert_near_relative(actual, librosa("linear_bands_power.npy"))


def test_cqt_db(librosa, options):
    actual = gamut.spectrogram(librosa("signal.npy"), scale="cqt", sr=options["sr"], hop_length=options["hop_length"])
    assert_near(actual, librosa("cqt_db.npy"), DB_TOLERANCE)


@pytest.mark.parametrize("scale", ["linear", "mel", "linear-bands"])
@pytest.mark.parametrize("reduce", ["nearest", "mean"])
def test_picture(librosa, options, scale, reduce):
    expected = librosa(f"{scale.replace('-', '_')}_{reduce}_index.npy")
    actual = gamut.spectrogram(
        librosa("signal.npy"), scale=scale, array="picture", reduce=reduce, picture_size=expected.shape[::-1], **options
    )
    assert actual.dtype == np.uint8
    assert actual.shape == expected.shape
    difference = np.abs(actual.astype(int) - expected)
    assert difference.max() <= 1
    assert np.count_nonzero(difference) <= 0.005 * difference.size
