#!/usr/bin/env bash
# Style by swift-format, and the house rules that a machine can see.
set -uo pipefail
cd "$(dirname "$0")/.."
swift format lint --strict --recursive Sources Tests Package.swift || exit 1
python3 Scripts/house_rules.py
