# Two commands matter: `make run` and `make test`. Everything they need they install, and say so.
SHELL := /bin/bash
DATA ?= data
PORT ?= 8080
SEED ?= 2025
BUILD := swift build -c release --explicit-target-dependency-import-check error
VENV := .build-python

.PHONY: help run test lint imports bench build setup setup-test assets clean
.DEFAULT_GOAL := help

help:
	@echo "make run    set up, build, start Heng with the demonstration round (DATA=$(DATA) PORT=$(PORT))"
	@echo "make test   set up, build, run every test"
	@echo "make lint   style, texts, structure"
	@echo "make bench  measure beside peers"

setup:
	@Scripts/setup.sh run

setup-test:
	@Scripts/setup.sh test

assets: setup
	@Scripts/fetch-assets.sh Assets/vendor

build: setup
	@Scripts/build.sh heng

run: assets build
	@Scripts/run.sh "$(DATA)" "$(PORT)" "$(SEED)"

test: setup-test
	@Scripts/fetch-assets.sh Assets/vendor
	@Scripts/build.sh tests
	@Scripts/test.sh

lint:
	@Scripts/lint.sh

# An import that is not an arrow in Package.swift is an error in every build; this target says so by itself.
imports: setup
	@$(BUILD) --product heng

bench: build
	@Scripts/setup.sh bench
	@$(VENV)/bin/python Benchmarks/run.py

clean:
	rm -rf .build $(VENV) Assets/vendor
