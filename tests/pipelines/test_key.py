"""The key of the pseudonyms: how it must look and where it may lie."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from pipelines.settings import Settings, SettingsError

KEY = "k" * 32


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key file beside the data folder that its owner alone can read."""
    path = tmp_path / "key"
    path.write_text(KEY + "\n")
    path.chmod(0o600)
    return path


def settings(folder: Path, key: Path) -> Settings:
    return Settings(data=folder / "data", landing=folder / "landing", pseudonym_key_file=key)


def test_a_key_its_owner_alone_can_read_is_taken_without_a_word(tmp_path: Path, key: Path) -> None:
    got = settings(tmp_path, key)
    assert (got.secret(), got.warnings()) == (KEY.encode(), [])


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_others_can_read_or_change_is_taken_with_a_warning(tmp_path: Path, key: Path, mode: int) -> None:
    key.chmod(mode)
    got = settings(tmp_path, key)
    assert (got.secret(), len(got.warnings()), "chmod 600" in got.warnings()[0]) == (KEY.encode(), 1, True)


@pytest.mark.parametrize("folder", ["data", "landing"])
def test_a_key_that_would_travel_with_the_data_is_refused(tmp_path: Path, folder: str) -> None:
    inside = tmp_path / folder / "sub" / "key"
    inside.parent.mkdir(parents=True)
    inside.write_text(KEY)
    (tmp_path / "link").symlink_to(inside)
    for path in (inside, tmp_path / "link"):
        with pytest.raises(SettingsError, match="lies inside"):
            settings(tmp_path, path).secret()


@pytest.mark.parametrize("text", ["", "k" * 31, " " * 40, "\n" + "k" * 31 + "\n"])
def test_a_key_under_32_characters_is_refused_and_not_shown(tmp_path: Path, key: Path, text: str) -> None:
    key.write_text(text)
    with pytest.raises(SettingsError, match="shorter than 32 characters") as refused:
        settings(tmp_path, key).secret()
    assert "kk" not in str(refused.value)


def test_the_environments_key_stands_for_itself(tmp_path: Path) -> None:
    got = Settings(data=tmp_path, landing=tmp_path, pseudonym_key=SecretStr(KEY))
    assert (got.secret(), got.warnings()) == (KEY.encode(), [])
