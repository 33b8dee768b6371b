"""A believable fictional trust: landing files in the real formats, with the study's pattern in them."""

from pipelines.demo.trust import ExpectedFile, Trust, write_trust

__all__ = ["ExpectedFile", "Trust", "write_trust"]
