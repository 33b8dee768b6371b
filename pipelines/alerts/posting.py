"""Posts a plain text to an address; the only door to Apprise, and to what is secret in an address."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import apprise
from pydantic import SecretStr

from pipelines.settings import SettingsError

SENDER = "Involvement dashboard"


@dataclass(frozen=True)
class Address:
    """Somewhere to post to. `mark` tells it from others and can be kept: no password went into it."""

    mark: str
    _plugin: Any

    def post(self, title: str, body: str) -> bool:
        """Whether the text was taken by the mail server or the webhook."""
        told: bool = self._plugin.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT)
        return told


def addresses(urls: Iterable[SecretStr], setting: str) -> list[Address]:
    """The addresses of a setting. Raises SettingsError, which tells which by its number and never what stands there."""
    # Apprise would write an address it cannot read, password and all, to whoever listens.
    logging.getLogger("apprise").disabled = True
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
