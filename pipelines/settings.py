"""The only reader of the environment and of involve.toml.

Precedence: environment variables ``INVOLVE_*`` over ``involve.toml`` over the defaults below.
"""

import os
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as UnreadableSettingError

from pipelines.errors import WrongUseError

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SQL_ROOT = PROJECT_ROOT / "sql"
SHORTEST_KEY = 32
RoleName = Literal["executive", "member", "qi_lead", "analyst", "admin"]
RuleSetName = Literal["mdc_7_7", "mdc_2023", "ihi_run_6_5", "anhoej"]


class SettingsError(WrongUseError):
    """A setting is missing or wrong; the message says which and what to do."""


class Appointment(BaseModel):
    """One entry of the schedule: when which feeds are loaded; without feeds, all."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9_-]{1,32}$")
    cron: str
    feeds: tuple[str, ...] = ()


class Alerts(BaseModel):
    """Who is told of what; each address is one of Apprise's, a password is part of it."""

    model_config = ConfigDict(extra="forbid")

    to: tuple[SecretStr, ...] = ()
    signals_to: tuple[SecretStr, ...] = ()
    digest_to: dict[RoleName, tuple[SecretStr, ...]] = {}
    digest_cron: str = "0 8 * * mon"


class Settings(BaseSettings):
    """Everything a trust may set, typed."""

    model_config = SettingsConfigDict(env_prefix="INVOLVE_", extra="forbid", env_nested_delimiter="__")

    landing: Path = Path("landing")
    landing_may_be_empty: bool = False
    data: Path = Path("data")
    sql: Path = SQL_ROOT
    trust_name: str = "Whole trust"
    contact: str = "the involvement office"
    port: int = Field(default=8501, ge=0, le=65535)
    access: Literal["sign_in", "demo"] = "sign_in"
    snapshot: str | None = None
    pseudonym_key: SecretStr | None = None
    pseudonym_key_file: Path | None = None
    late_after_days: int = Field(default=35, ge=1)
    late_after_days_by_feed: dict[str, int] = {}
    refuse_above_bad_share: float = Field(default=0.20, ge=0, le=1)
    refuse_above_bad_share_by_feed: dict[str, float] = {}
    rule_set: RuleSetName = "mdc_7_7"
    run_chart_rule_set: RuleSetName = "mdc_7_7"
    screen_moving_ranges: bool = False
    p_prime_may_narrow: bool = False
    accept: tuple[str, ...] = ()
    log: Literal["file", "stderr", "off"] = "file"
    keep_snapshots: int = Field(default=30, ge=2)
    keep_months_of_logs: int = Field(default=24, ge=1)
    memory_limit: str = "1GB"
    threads: int = Field(default=0, ge=0)
    schedule: tuple[Appointment, ...] = ()
    retry_after_minutes: tuple[Annotated[float, Field(ge=0, le=1440)], ...] = (1, 5, 15, 30)
    run_late_after_minutes: int = Field(default=90, ge=1)
    run_expected_every_hours: int = Field(default=26, ge=1)
    alerts: Alerts = Alerts()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then involve.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())

    def late_after(self, feed: str) -> int:
        """Days without a file after which `feed` is late."""
        return self.late_after_days_by_feed.get(feed, self.late_after_days)

    def refuse_above(self, feed: str) -> float:
        """Share of bad rows (0..1) above which a file of `feed` is refused whole."""
        return self.refuse_above_bad_share_by_feed.get(feed, self.refuse_above_bad_share)

    def sql_root(self) -> Path:
        """The folder whose SQL files are the views. Raises SettingsError where there is none."""
        if not self.sql.is_dir():
            raise SettingsError(f"The folder of SQL files {self.sql} is not there.")
        return self.sql.resolve()

    def secret(self) -> bytes:
        """The key of the pseudonyms. Raises SettingsError when it is missing or too short."""
        if self.pseudonym_key is not None:
            text, where = self.pseudonym_key.get_secret_value(), "INVOLVE_PSEUDONYM_KEY"
        elif self.pseudonym_key_file is not None:
            text, where = _read_key(self.pseudonym_key_file), "the file INVOLVE_PSEUDONYM_KEY_FILE names"
        else:
            raise SettingsError(
                "The secret of the pseudonyms is not set. Put at least 32 random characters into a file outside "
                "the data folder (umask 077; python3 -c 'import secrets; print(secrets.token_hex(32))' > key) "
                "and name that file in INVOLVE_PSEUDONYM_KEY_FILE."
            )
        if self.pseudonym_key is None and self.pseudonym_key_file is not None:
            self._must_lie_apart(self.pseudonym_key_file)
        if len(text.strip()) < SHORTEST_KEY:
            raise SettingsError(f"The secret in {where} is shorter than {SHORTEST_KEY} characters.")
        return text.strip().encode()

    def _must_lie_apart(self, key: Path) -> None:
        """Raises SettingsError for a key that would travel with what it protects."""
        for folder in (self.data, self.landing):
            if key.resolve().is_relative_to(folder.resolve()):
                raise SettingsError(
                    f"The key file {key} lies inside {folder}: whoever gets a copy of that folder could name everybody "
                    "in it. Move the key out of it and name its new place in INVOLVE_PSEUDONYM_KEY_FILE."
                )

    def warnings(self) -> list[str]:
        """What is allowed and unwise, in words."""
        key = self.pseudonym_key_file
        is_file = self.pseudonym_key is None and key is not None and key.is_file()
        if not is_file or key is None or os.name == "nt" or not key.stat().st_mode & 0o077:
            return []
        return [f"The key file {key} can be read by others here. Let its owner alone read it: chmod 600 {key}"]


def config_file() -> Path:
    """Where involve.toml is looked for: INVOLVE_CONFIG, else the working folder, where it need not be.

    Raises SettingsError where INVOLVE_CONFIG names no file: defaults are not what was asked for.
    """
    named = os.environ.get("INVOLVE_CONFIG")
    if not named:
        return Path("involve.toml")
    if not Path(named).exists() or Path(named).is_dir():
        raise SettingsError(f"INVOLVE_CONFIG names {named}, and there is no such file. Name the file of settings.")
    return Path(named)


def config_for_children() -> dict[str, str]:
    """What tells a process of ours which file of settings this one uses, wherever it is started; empty without one."""
    file = config_file()
    return {"INVOLVE_CONFIG": str(file.resolve())} if file.is_file() else {}


def child_environment(without: Iterable[str] = (), **more: str) -> dict[str, str]:
    """The environment for a process of ours: this one's, less the variables `without`, and with `more`."""
    left_out = set(without)
    return {name: value for name, value in os.environ.items() if name not in left_out} | more


def _read_key(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The key file {path} cannot be read: {error}.") from error


@cache
def load(**overrides: object) -> Settings:
    """The settings in force; `overrides` are what the command line said."""
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise SettingsError(f"Settings cannot be used. {wrong}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{config_file()} is not TOML: {error}.") from error
    except UnreadableSettingError as error:
        raise SettingsError(f"Settings cannot be used: {error}.") from error
