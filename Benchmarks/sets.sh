#!/usr/bin/env bash
# Builds the sets' part of the port by itself and measures it.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.build/bench/sets
mkdir -p "$out"
swiftc -O -wmo -swift-version 6 -parse-as-library -module-name Vocabulary -emit-module -emit-module-path "$out/Vocabulary.swiftmodule" \
    -emit-object -o "$out/Vocabulary.o" Sources/Vocabulary/*.swift
sources=(Sources/Collect/Runs/{ColumnLayout,KeyOverlap,KeyTable,FactSort,PackedColumns,Run+Encoding,Run+Packing,RunCursor,RunEntry,RunMerge,RunMerging}.swift
    Sources/Collect/Segments/*.swift Sources/Collect/Keys/{RecordKey,SipHash128}.swift Sources/Collect/Records/RecordKind.swift)
swiftc -O -wmo -swift-version 6 -I "$out" -module-name Sets -o "$out/sets" "${sources[@]}" Benchmarks/Sets/main.swift "$out/Vocabulary.o"
SWIFT_BACKTRACE=enable=no "$out/sets"
