#!/usr/bin/env bash
# Builds in release with progress. Usage: build.sh heng|tests
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }
flags=(-c release --explicit-target-dependency-import-check error)
start=$SECONDS
if [ "${1:-heng}" = tests ]; then
    say "Building Heng and its tests (the first time takes several minutes on two cores)"
    swift build "${flags[@]}" --build-tests
else
    say "Building Heng (the first time takes several minutes on two cores)"
    swift build "${flags[@]}" --product heng
fi
say "Built in $((SECONDS - start)) s"
