"""The thousand trusts take minutes: they run when asked for."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is marked `attack` unless `-m` speaks of it."""
    if "attack" not in (config.getoption("markexpr") or ""):
        left_out = [item for item in items if item.get_closest_marker("attack")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
