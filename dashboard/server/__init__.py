"""The server process of the dashboard: `python -m dashboard.server PORT`."""
