import json
import os
import pathlib
import shutil
import subprocess

import gamut
import pytest

GAMUT = os.environ.get("GAMUT_PROGRAM", "gamut")


@pytest.fixture(scope="module")
def model(model_directory):
    return gamut.Model(model_directory, device="cpu")


def from_program(*arguments):
    result = subprocess.run([GAMUT, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_card(model, model_directory):
    text = subprocess.run([GAMUT, "model", "info", model_directory, "--json"], stdout=subprocess.PIPE, check=True).stdout
    card = json.loads(text)
    assert card.pop("damage") == []
    assert model.card == card
    assert sorted(model.genres) == ["Noise & Hiss", "Tones"]
    assert repr(model) == f"gamut.Model({str(model_directory)!r})"


def test_one_recording(model, model_directory, music):
    prediction = model.predict(music[0])
    assert prediction == from_program("predict", "--model", model_directory, music[0], "--json")[0]
    assert prediction["path"] == str(music[0])
    assert prediction["outcome"] == "ok"
    assert set(prediction["scores"]) == set(model.genres)


def test_many_recordings(model, model_directory, music, tmp_path):
    (tmp_path / "notes.mp3").write_text("no music")
    paths = [*music[:5], tmp_path / "notes.mp3", tmp_path / "absent.flac", *music[5:9]]
    predictions = model.predict((path for path in paths), jobs=2)
    expected = from_program("predict", "--model", model_directory, *paths, "--json", "--jobs", "2")
    assert [prediction["path"] for prediction in predictions] == [str(path) for path in paths]
    assert [prediction["outcome"] for prediction in predictions] == ["ok"] * 5 + ["failed"] * 2 + ["ok"] * 4
    assert "notes.mp3" in predictions[5]["reason"]
    for actual, wanted in zip(predictions, expected):
        assert actual["genres"] == wanted["genres"]
        assert actual["scores"] == pytest.approx(wanted["scores"], abs=1e-6)
    assert model.predict([]) == []


def test_recording_that_cannot_be_decoded(model, tmp_path):
    (tmp_path / "notes.mp3").write_text("no music")
    with pytest.raises(gamut.DecodeError, match="notes.mp3") as caught:
        model.predict(tmp_path / "notes.mp3")
    assert caught.value.path == str(tmp_path / "notes.mp3")


def test_decisions_and_top(model, music):
    for decision in ("tuned", "0.5", "corrected"):
        prediction = model.predict(music[0], decision=decision)
        kind = "probabilities" if decision == "corrected" else "scores"
        if decision != "tuned":
            assert prediction["genres"] == [genre for genre, score in prediction[kind].items() if score > 0.5]
    assert len(model.predict(music[0], top=1)["scores"]) == 1
    with pytest.raises(ValueError, match="guess"):
        model.predict(music[0], decision="guess")


def test_timeline(model, music):
    windows = model.predict(music[0], timeline=0.5, timeline_hop=0.25)["timeline"]
    assert [window["start_s"] for window in windows][:2] == pytest.approx([0, 0.25], abs=1e-4)
    assert windows[0]["length_s"] == 0.5
    assert set(windows[0]["scores"]) == set(model.genres)
    default = model.predict(music[0], timeline=0.6)["timeline"]
    assert default[1]["start_s"] == pytest.approx(0.2, abs=1e-4)
    shortest = model.predict(music[0], timeline=0.2)["timeline"]  # whose third would be too short a hop
    assert shortest[1]["start_s"] == pytest.approx(0.1, abs=1e-4)
    with pytest.raises(gamut.ParameterError, match="timeline_hop is given without timeline"):
        model.predict(music[0], timeline_hop=1)


@pytest.mark.parametrize("options", [{"timeline": 0.01}, {"timeline_hop": -1, "timeline": 1}, {"jobs": 0}, {"top": 0}, {"max_duration": -1}])
def test_options_out_of_range(model, music, options):
    with pytest.raises(gamut.ParameterError, match=next(iter(options)) + " is "):
        model.predict([music[0]], **options)


def test_longer_than_accepted(model, music):
    with pytest.raises(gamut.DecodeError, match="at most 0.5 s"):
        model.predict(music[0], max_duration=0.5)


def test_no_model(tmp_path):
    with pytest.raises(gamut.FileError, match="gamut export model") as caught:
        gamut.Model(tmp_path)
    assert isinstance(caught.value, OSError)
    assert caught.value.path == str(tmp_path)


def test_unknown_device(model_directory):
    with pytest.raises(ValueError, match="abacus"):
        gamut.Model(model_directory, device="abacus")


def test_damaged_model(model_directory, tmp_path):
    copy = pathlib.Path(shutil.copytree(model_directory, tmp_path / "copy"))
    file = next(copy.rglob("*.safetensors"))
    file.chmod(0o644)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    with pytest.raises(gamut.ModelError, match="damaged"):
        gamut.Model(copy)
    gamut.Model(copy, verify=False)
