#!/bin/sh
# Makes .venv from the hashed requirements: `environment.sh run`, or `environment.sh test` for what the tests need too.
# A stamp written last says what each part was made from; a part without its stamp is made again.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

# The folder is in the stamp because an environment that was moved or copied does not work.
made_from() { { pwd; cat "$1"; } | cksum; }
source_of() { case $1 in project) echo pyproject.toml ;; *) echo "requirements/$1.txt" ;; esac; }
is_made() { [ "$(cat ".venv/made-from.$1" 2>/dev/null)" = "$(made_from "$(source_of "$1")")" ]; }
record() { made_from "$(source_of "$1")" >".venv/made-from.$1"; }

version_of() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }
is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
is_complete() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

is_usable() {
    .venv/bin/python -c '' >/dev/null 2>&1 || return 1
    [ -z "${PYTHON:-}" ] || [ "$(version_of .venv/bin/python)" = "$(version_of "$PYTHON")" ]
}

stop() { printf '%s\n' "$1" >&2; exit 2; }
as_root() { if [ "$(id -u)" = 0 ]; then echo "$1"; else echo "sudo $1"; fi; }
has() { command -v "$1" >/dev/null 2>&1; }
by_apt() { echo "$(as_root 'apt-get update') && $(as_root "apt-get install -y $1")"; }

# The system's own python3 may be the one that is too old: name one that is known to be new enough.
install_python_by() {
    if has apt-get; then
        for name in python3.13 python3.12 python3.11 python3; do
            if apt-cache show "$name" >/dev/null 2>&1; then break; fi
        done
        by_apt "$name $name-venv"
    elif has dnf; then as_root "dnf install python3.12"
    elif has brew; then echo "brew install python@3.13"
    else echo "get it from python.org"; fi
}

install_venv_by() {
    if has apt-get; then by_apt "python$(version_of "$1" | cut -d. -f1,2)-venv"
    else echo "reinstall $1 with its modules ensurepip and venv"; fi
}

find_python() {
    python='' incomplete=''
    set -- python3 python3.13 python3.12 python3.11
    [ -z "${PYTHON:-}" ] || set -- "$PYTHON"
    for name; do
        is_new_enough "$name" || continue
        incomplete=${incomplete:-$name}
        if is_complete "$name"; then python=$name; return; fi
    done
    [ -z "$incomplete" ] ||
        stop "$incomplete cannot make environments (python3-venv is missing): $(install_venv_by "$incomplete")"
    found=$(version_of "$1") || found="not there"
    stop "Python 3.11 or newer is needed, $1 is $found: $(install_python_by), or name one: make PYTHON=python3.12 .venv"
}

# The notice is about the machine's own pip settings, not about this project.
quietly() {
    said=$("$@" 2>&1) && return
    printf '%s\n' "$said" | grep -v "^WARNING: Location .* is ignored" >&2 || :
    stop "The environment is not made. Put right what is said above, then give the same command again."
}

# Wheels only: building from source would fetch build tools that no hash covers.
install() {
    quietly .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --require-hashes --only-binary=:all: -r "requirements/$1.txt"
    record "$1"
}

install_project() {
    quietly .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --no-deps --no-build-isolation -e .
    record project
}

start_afresh() {
    find_python
    echo "Making the environment in .venv (about a minute, once)"
    rm -f .venv/made-from.*
    trap 'rm -f .venv/made-from.*; rm -rf .venv' EXIT
    trap 'exit 130' INT TERM HUP
    rm -rf .venv
    quietly "$python" -m venv .venv
    install run
    install_project
    trap - EXIT INT TERM HUP
}

{ is_made run && is_usable; } || start_afresh
is_made project || install_project
[ "${1:-run}" = run ] || is_made "$1" || { echo "Adding what the tests need to .venv"; install "$1"; }
