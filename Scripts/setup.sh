#!/usr/bin/env bash
# Installs what is missing and says so. Usage: setup.sh run|test|bench. Safe to repeat and to interrupt.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-run}
say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
    cat >&2 <<'TEXT'
Heng needs a Swift toolchain (6.1 or newer), and there is no `swift` on the PATH.
  Get it from https://www.swift.org/install/linux/ (swiftly installs it for your user), then run this again.
衡需要 Swift 6.1 以上工具链，但 PATH 中没有 swift。请按 https://www.swift.org/install/linux/ 安装后重试。
TEXT
    exit 3
fi

packages=(libsqlite3-dev zlib1g-dev libzstd-dev libcrypt-dev python3 curl)
# Reading and drawing evidence files.
packages+=(poppler-utils poppler-data fonts-noto-cjk tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng graphicsmagick)
[ "$what" = test ] && packages+=(python3-venv chromium)
# Documents: page layout, QR codes, Chinese fonts, and reading scans.
packages+=(pkg-config libpango1.0-dev libqrencode-dev fonts-noto-cjk poppler-utils zbar-tools)
[ "$what" = test ] && packages+=(python3-venv chromium libreoffice-writer-nogui libreoffice-calc-nogui)
# The virus scanner itself, with a signature of our own; without it these tests say that they are skipped.
if [ "$what" = test ] && ! command -v clamd >/dev/null 2>&1; then optional=(clamav-daemon); else optional=(); fi
[ "$what" = bench ] && packages+=(python3-venv)
[ "$what" = bench ] && packages+=(python3-venv clickhouse-server)
missing=()
for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    say "Installing Debian packages: ${missing[*]}"
    root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if [ ${#optional[@]} -gt 0 ]; then
    say "Installing Debian packages: ${optional[*]}"
    root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${optional[@]}" >/dev/null ||
        say "SKIPPED LOUDLY: ${optional[*]} cannot be installed; the real virus scanner is not tested"
fi

if [ "$what" != run ]; then
    wanted="Tests/EndToEnd/requirements.txt"
    [ "$what" = bench ] && wanted="Benchmarks/requirements.txt"
    stamp=".build-python/.installed-$(sha256sum "$wanted" | cut -c1-16)"
    if [ ! -e "$stamp" ]; then
        say "Installing Python packages of $wanted into .build-python"
        [ -x .build-python/bin/python ] || python3 -m venv .build-python
        .build-python/bin/python -m pip install --quiet --disable-pip-version-check -r "$wanted"
        touch "$stamp"
    fi
fi
