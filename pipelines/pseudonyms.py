"""Identifiers of people become keys before anything is written."""

import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from pipelines.feed import Kind

PREFIXES = {Kind.PERSON: "person:", Kind.CANDIDATE: "candidate:", Kind.SEALED: "sealed:"}
# 128 bits: among a hundred million people the chance that two share a key is below 1 in 10^22.
KEY_LENGTH = 32
# The same people come in piece after piece of a file; so many texts take about 100 MB.
MOST_REMEMBERED = 400_000
NOTHING_KNOWN = pl.DataFrame(schema={"text": pl.String, "key": pl.String})


@dataclass(frozen=True)
class Pseudonyms:
    """Keyed pseudonyms: HMAC-SHA256 of the kind and the text after NFKC, trim and lower case."""

    secret: bytes = field(repr=False)
    _known: dict[str, pl.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, kind: Kind, cells: pl.Series) -> pl.Series:
        """The pseudonyms of text cells; null stays null. Each distinct text is hashed once."""
        return self._keys(cells, PREFIXES[kind], _normal)

    def of_unreadable(self, cells: pl.Series) -> pl.Series:
        """Digests that tell whether unreadable cells are the same, without keeping what they say."""
        return self._keys(cells, "unreadable:", str)

    def mark(self, key: str) -> str:
        """Tells a key that was forgotten when it comes again; nobody gets from it to the key."""
        return self._key(f"forgotten:{key}")

    def fingerprint(self) -> str:
        """Tells this key from another without telling anything about it."""
        return self._key("which key is this?")

    def _keys(self, cells: pl.Series, prefix: str, spell: Callable[[str], str]) -> pl.Series:
        asked = cells.alias("text").to_frame()
        known = self._known.get(prefix, NOTHING_KNOWN)
        new = asked.drop_nulls().unique().join(known, on="text", how="anti")
        learnt = pl.Series("key", [self._key(prefix + spell(text)) for text in new["text"]], dtype=pl.String)
        known = pl.concat([known, new.with_columns(learnt)])
        self._known[prefix] = known.tail(MOST_REMEMBERED)
        return asked.join(known, on="text", how="left", maintain_order="left")["key"].alias(cells.name)

    def _key(self, text: str) -> str:
        return hmac.digest(self.secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:KEY_LENGTH]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
