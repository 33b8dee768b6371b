"""Loads, checks, builds and publishes. Never imports Streamlit."""
