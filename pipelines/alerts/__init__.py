"""Alerts and digests: what is to be told, to whom, in plain words and once; nothing in them could be somebody."""
