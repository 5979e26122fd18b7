#!/usr/bin/env bash
# Runs the Swift tests, then the end-to-end tests with a real server and a real browser.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }
export SWIFT_BACKTRACE=enable=no
[ -d ../shared/conformance ] || say "SKIPPED LOUDLY: ../shared/conformance is absent; conformance tests will report themselves as skipped"
say "Swift tests"
swift test -c release --explicit-target-dependency-import-check error --skip-build
say "End-to-end tests (real server, real files, real browser)"
.build-python/bin/python -m pytest -q Tests/EndToEnd
