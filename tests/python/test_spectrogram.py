import gamut
import numpy as np
import pytest


@pytest.mark.parametrize("scale", gamut.scales())
def test_every_scale_finds_a_tone(tone, scale):
    power = gamut.spectrogram(tone, scale=scale, array="power")
    hz = gamut.frequencies(scale)
    assert power.shape == (len(hz), 44)
    assert (np.diff(hz) > 0).all()
    row = power[:, 22].argmax()
    assert hz[max(row - 1, 0)] <= 440 <= hz[min(row + 1, len(hz) - 1)]


def test_scales():
    assert gamut.scales()[:3] == ["linear", "mel", "linear-bands"]


def test_file_and_its_signal_are_the_same(clip):
    y, sr = gamut.load(clip)
    np.testing.assert_array_equal(gamut.spectrogram(clip), gamut.spectrogram(y, sr=sr))


def test_options_reach_the_front_end(tone):
    power = gamut.spectrogram(tone, array="power", n_mels=40, hop_length=256, n_fft=1024, fmin=100, fmax=5000)
    assert power.shape == (40, 1 + 22050 // 256)
    assert gamut.spectrogram(tone, array="picture", picture_size=(30, 20)).shape == (20, 30)
    levels = gamut.spectrogram(tone, top_db=60)
    assert (levels.max(), levels.min()) == (0, -60)
    assert not np.array_equal(gamut.spectrogram(tone, norm=None, array="power"), gamut.spectrogram(tone, array="power"))
    assert not np.array_equal(gamut.spectrogram(tone, window="boxcar"), gamut.spectrogram(tone))


def test_numpy_numbers_are_numbers(tone):
    options = {"n_fft": np.int64(1024), "sr": np.float32(22050), "top_db": np.float64(80), "hop_length": np.uint8(128)}
    expected = gamut.spectrogram(tone, n_fft=1024, sr=22050, top_db=80, hop_length=128)
    np.testing.assert_array_equal(gamut.spectrogram(tone, **options), expected)


def test_n_mels_and_n_bands_are_one_option(tone):
    np.testing.assert_array_equal(gamut.spectrogram(tone, n_mels=40), gamut.spectrogram(tone, n_bands=40))
    with pytest.raises(ValueError, match="n_mels is 40 and n_bands is 50"):
        gamut.spectrogram(tone, n_mels=40, n_bands=50)


@pytest.mark.parametrize("kind", [np.float16, np.float64, np.longdouble, ">f4"])
def test_types_of_numbers(tone, kind):
    converted = tone.astype(kind)
    expected = gamut.spectrogram(converted.astype(np.float32), array="power")
    np.testing.assert_array_equal(gamut.spectrogram(converted, array="power"), expected)


def test_memory_of_any_layout(tone):
    expected = gamut.spectrogram(tone[::3].copy())
    np.testing.assert_array_equal(gamut.spectrogram(tone[::3]), expected)
    np.testing.assert_array_equal(gamut.spectrogram(np.tile(tone, (2, 1)).T[::3, 1]), expected)
    frozen = tone[::3].copy()
    frozen.flags.writeable = False
    np.testing.assert_array_equal(gamut.spectrogram(frozen), expected)
    np.testing.assert_array_equal(gamut.spectrogram(tone[::3].tolist()), expected)


def test_the_signal_is_not_changed(tone):
    before = tone.copy()
    gamut.spectrogram(tone, array="picture")
    np.testing.assert_array_equal(tone, before)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e20])
def test_samples_that_are_no_samples(tone, value):
    tone[1234] = value
    with pytest.raises(gamut.ParameterError, match="sample 1234 of the signal is"):
        gamut.spectrogram(tone)


def test_samples_that_overflow_float32(tone):
    wide = tone.astype(np.float64)
    wide[77] = 1e300
    with pytest.raises(gamut.ParameterError, match="sample 77 of the signal is inf"):
        gamut.spectrogram(wide)


@pytest.mark.parametrize(
    "signal, complaint",
    [
        (np.zeros(0, np.float32), "the signal is empty"),
        (np.zeros((2, 100)), r"shape \(2, 100\).*\[samples\]"),
        (np.float32(1), r"shape \(\)"),
        (np.zeros(100, np.int16), "int16.*divide them by 32768"),
        (np.zeros(100, np.complex64), "complex64"),
        (np.zeros(100, bool), "bool"),
        (None, "object"),
        ([[0.0], [0.0, 1.0]], None),
    ],
)
def test_what_is_no_signal(signal, complaint):
    with pytest.raises(ValueError, match=complaint):
        gamut.spectrogram(signal)


@pytest.mark.parametrize(
    "options, complaint",
    [
        ({"scale": "sone"}, "scale"),
        ({"array": "loudness"}, "unknown array \"loudness\"; known are db, power, magnitude and picture"),
        ({"n_fft": 7}, "n_fft"),
        ({"n_fft": 2048.5}, "n_fft"),
        ({"n_fft": 10**30}, "n_fft"),
        ({"n_fft": [2048]}, "n_fft"),
        ({"hop_length": 0}, "hop_length"),
        ({"sr": float("nan")}, "sample_rate_hz"),
        ({"sr": -1}, "sample_rate_hz"),
        ({"fmin": 9000, "fmax": 100}, "fm"),
        ({"fmax": 20000}, "fmax"),
        ({"window": "kaiser"}, "window"),
        ({"norm": "l2"}, "mel_norm"),
        ({"reduce": "median"}, "reduce"),
        ({"picture_size": (0, 250)}, "picture_width"),
        ({"channels": "both"}, "channels"),
        ({"top_db": 1j}, "top_db"),
    ],
)
def test_options_out_of_range(tone, options, complaint):
    with pytest.raises(gamut.ParameterError, match=complaint):
        gamut.spectrogram(tone, **options)


def test_all_faults_at_once(tone):
    with pytest.raises(ValueError, match="(?s)n_fft.*hop_length"):
        gamut.spectrogram(tone, n_fft=7, hop_length=0)


def test_stereo(tone):
    both = np.stack([tone, 0.1 * tone])
    power = gamut.spectrogram(both, channels="stereo", array="power")
    np.testing.assert_array_equal(power, [gamut.spectrogram(channel, array="power") for channel in both])
    picture = gamut.spectrogram(both, channels="stereo", array="picture")
    assert picture.shape == (2, 250, 250)
    assert picture[0].max() == 255 > picture[1].max()
    with pytest.raises(ValueError, match=r"\[2, samples\]"):
        gamut.spectrogram(tone, channels="stereo")


def test_decibels():
    power = np.array([[[1.0, 100.0, 0.0]]])
    np.testing.assert_allclose(gamut.power_to_db(power), [[[0, 20, -60]]])
    np.testing.assert_allclose(gamut.power_to_db(power, ref=np.max, top_db=None), [[[-20, 0, -120]]])
    np.testing.assert_allclose(gamut.amplitude_to_db(-power[0, 0], ref=10.0), [-20, 20, -60])
    assert gamut.power_to_db(np.zeros((0, 5))).shape == (0, 5)
    assert gamut.amplitude_to_db(1.0).shape == ()


def test_decibels_refuse():
    with pytest.raises(ValueError, match=r"the power at \(1, 0\) is nan"):
        gamut.power_to_db([[1.0, 2.0], [np.nan, np.nan]])
    with pytest.raises(ValueError, match="amin"):
        gamut.power_to_db([1.0], amin=0)
    with pytest.raises(ValueError, match="top_db"):
        gamut.amplitude_to_db([1.0], top_db=-1)


def test_resample(tone):
    assert gamut.resample(tone, orig_sr=22050, target_sr=8000).shape == (8000,)
    with pytest.raises(ValueError, match="0"):
        gamut.resample(tone, orig_sr=22050, target_sr=0)
