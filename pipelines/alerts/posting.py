"""Posts a plain text to an address; the only door to Apprise, and to what is secret in an address."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import apprise
from pydantic import SecretStr

from pipelines.settings import SettingsError

SENDER = "Involvement dashboard"
APPRISE = logging.getLogger("apprise")
# What Apprise writes into its log where a post fails, and the word for it, the first that fits; nothing else is kept.
FAULTS = {
    r"\b53[0458]\b|authenticat|auth extension": "sign_in_refused",
    r"certificate|\bssl\b|\btls\b|starttls": "no_secure_connection",
    r"error=[45]\d\d": "refused_by_the_server",
    r"timed out|timeout": "no_answer",
    r"\b[45]\d\d\b": "refused_by_the_server",
    r"connection error|socket exception": "no_connection",
    r"failed": "refused_by_the_server",
}
UNKNOWN_FAULT = "not_told"


@dataclass(frozen=True)
class Address:
    """Somewhere to post to. `mark` tells it from others and can be kept: no password went into it."""

    mark: str
    _plugin: Any

    def post(self, title: str, body: str) -> str:
        """Empty where the mail server or the webhook took the text; else a word for the fault."""
        with _overheard() as said:
            is_told = self._plugin.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
        return "" if is_told else _fault("\n".join(said))


class _Listener(logging.Handler):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one line."""
        self.said.append(record.getMessage())


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What Apprise says while the block runs, kept from everybody else: addresses and passwords may stand in it."""
    listener, before = _Listener(), (APPRISE.handlers, APPRISE.level, APPRISE.propagate)
    APPRISE.handlers, APPRISE.propagate, APPRISE.disabled = [listener], False, False
    APPRISE.setLevel(logging.DEBUG)
    try:
        yield listener.said
    finally:
        APPRISE.handlers, APPRISE.propagate, APPRISE.disabled = before[0], before[2], True
        APPRISE.setLevel(before[1])


def _fault(said: str) -> str:
    return next((word for sign, word in FAULTS.items() if re.search(sign, said, re.IGNORECASE)), UNKNOWN_FAULT)


def addresses(urls: Iterable[SecretStr], setting: str) -> list[Address]:
    """The addresses of a setting. Raises SettingsError, which tells which by its number and never what stands there."""
    # Apprise would write an address it cannot read, password and all, to whoever listens.
    APPRISE.disabled = True
    return [_address(url, f"address {number} of {setting}") for number, url in enumerate(urls, 1)]


def _address(url: SecretStr, which: str) -> Address:
    # Without pictures: they would be fetched from Apprise's own pages by everybody who reads the message.
    asset = apprise.AppriseAsset(app_id=SENDER, app_desc=SENDER, app_url="", image_url_mask="", image_url_logo="")
    plugin = apprise.Apprise.instantiate(url.get_secret_value(), asset=asset, suppress_exceptions=True)
    if plugin is None:
        raise SettingsError(
            f"The {which} cannot be used. Write it as Apprise wants it, for example "
            "mailtos://user:password@mail.example?from=sender@mail.example&to=reader@mail.example"
        )
    plugin.notify_format = apprise.NotifyFormat.TEXT
    hidden = str(plugin.url(privacy=True))  # type: ignore[no-untyped-call]
    return Address(hashlib.sha256(hidden.encode()).hexdigest()[:12], plugin)
