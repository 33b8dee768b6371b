"""One feed a file, its suite of checks beside it; found by walking this folder."""
