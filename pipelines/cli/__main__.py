"""`python -m pipelines.cli` is `involve`."""

from pipelines.cli import main

if __name__ == "__main__":
    main()
