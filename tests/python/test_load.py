import pathlib
import wave

import gamut
import numpy as np
import pytest


def write_wav(path, samples, rate=22050):
    """samples: int16, [n] or [n, channels]."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1 if samples.ndim == 1 else samples.shape[1], 2, rate, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    return path


@pytest.fixture
def ramp(tmp_path):
    """Two seconds at 8 kHz, left rising and right falling."""
    rise = np.arange(16000)
    return write_wav(tmp_path / "ramp.wav", np.stack([rise, -rise], axis=1), 8000)


def test_paths_are_strings_bytes_or_paths(clip):
    whole, sr = gamut.load(str(clip))
    assert sr == 22050
    for path in (clip, bytes(clip)):
        assert np.array_equal(gamut.load(path)[0], whole)


def test_names_that_are_no_utf8(tmp_path):
    path = write_wav(pathlib.Path(str(tmp_path) + "/caf\udce9.wav"), np.ones(100))
    assert len(gamut.load(path)[0]) == 100
    with pytest.raises(gamut.DecodeError) as caught:
        gamut.load(tmp_path / "the\udce9")
    assert caught.value.path == str(tmp_path / "the\udce9")
    str(caught.value).encode()


def test_own_rate(ramp):
    y, sr = gamut.load(ramp, sr=None)
    assert (sr, type(sr), y.shape) == (8000, int, (16000,))


def test_stereo(ramp):
    y, _ = gamut.load(ramp, sr=None, mono=False)
    np.testing.assert_array_equal(y * 32768, [np.arange(16000), -np.arange(16000)])


def test_one_channel_is_one_dimension_in_either_way(clip, tmp_path):
    path = write_wav(tmp_path / "mono.wav", np.arange(50))
    assert gamut.load(path, mono=False)[0].shape == (50,)


def test_part(ramp):
    y, _ = gamut.load(ramp, sr=None, mono=False, offset=0.5, duration=0.25)
    np.testing.assert_array_equal(y[0] * 32768, np.arange(4000, 6000))


def test_part_is_cut_before_it_is_resampled(ramp):
    part, sr = gamut.load(ramp, sr=22050, mono=False, offset=0.5, duration=0.25)
    native, _ = gamut.load(ramp, sr=None, mono=False, offset=0.5, duration=0.25)
    assert sr == 22050
    np.testing.assert_array_equal(part[0], gamut.resample(native[0], orig_sr=8000, target_sr=22050))


def test_part_behind_the_end(ramp):
    with pytest.raises(ValueError, match=r"offset is 2.0 s; .* 2.00 s"):
        gamut.load(ramp, offset=2.0)
    assert len(gamut.load(ramp, sr=None, offset=1.5, duration=1e300)[0]) == 4000


@pytest.mark.parametrize("part", [{"offset": -1}, {"offset": float("nan")}, {"duration": 0}, {"duration": float("nan")}])
def test_part_out_of_range(ramp, part):
    with pytest.raises(gamut.ParameterError, match=next(iter(part))):
        gamut.load(ramp, **part)


def test_missing_file():
    with pytest.raises(OSError, match="no-such.mp3") as caught:
        gamut.load("no-such.mp3")
    assert isinstance(caught.value, gamut.DecodeError)
    assert caught.value.path == "no-such.mp3"


def test_no_audio(tmp_path):
    (tmp_path / "notes.mp3").write_text("no music")
    with pytest.raises(gamut.DecodeError, match="notes.mp3"):
        gamut.load(tmp_path / "notes.mp3")


def test_longer_than_accepted(clip):
    with pytest.raises(gamut.DecodeError, match="at most 1 s"):
        gamut.load(clip, max_duration=1)


def test_rate_out_of_range(clip):
    with pytest.raises(ValueError, match="sample_rate_hz is 10"):
        gamut.load(clip, sr=10)


def test_cut_file_is_used_with_a_warning(tmp_path):
    path = write_wav(tmp_path / "cut.wav", np.arange(20000))
    path.write_bytes(path.read_bytes()[:20044])
    with pytest.warns(gamut.PartialAudioWarning, match="cut.wav: only 0.45 s of 0.91 s") as caught:
        assert len(gamut.load(path)[0]) == 10000
    assert caught[0].filename == __file__


def test_result_belongs_to_python(clip):
    y, _ = gamut.load(clip)
    other, _ = gamut.load(clip)
    assert y.flags.writeable and y.flags.c_contiguous
    y[:] = 0
    assert other.any()
