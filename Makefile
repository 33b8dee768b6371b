# Every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test lint lock clean .venv test-environment

# Another Python: make PYTHON=python3.12 .venv
export PYTHON
# More for a command: make demo ARGS="--port 9000"
ARGS ?=

LOCK = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --group build

help: ## this list
	@sed -n 's/^\([a-z.][a-z.-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

demo: .venv ## a fictional trust's dashboard, on this machine only
	@.venv/bin/involve demo $(ARGS)

test: test-environment ## all tests, the browser's included
	@.venv/bin/python -m tests.chromium
	@.venv/bin/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: test-environment ## style, types, import rules
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo

.venv: ## the environment in .venv, from the hashed requirements
	@sh requirements/environment.sh run

test-environment:
	@sh requirements/environment.sh test

lock: ## the requirements made again from pyproject.toml (needs uv; newer versions: ARGS=--upgrade)
	@command -v uv >/dev/null || { echo "uv is needed: pip install uv" >&2; exit 2; }
	uv pip compile pyproject.toml $(LOCK) $(ARGS) -o requirements/run.txt
	uv pip compile pyproject.toml $(LOCK) --group test -c requirements/run.txt $(ARGS) -o requirements/test.txt

clean: ## removes everything the other commands made, the demo's data too
	rm -rf .venv .demo *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
