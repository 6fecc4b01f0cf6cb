#!/usr/bin/env bash
# Checks the alert rules and what they raise with Prometheus's promtool: bash eng/alerts-check.sh. A test compares their names with the documentation.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

promtool=$(command -v promtool || true)
if [ -z "$promtool" ]; then
    # Unpacked, not installed: the package would start a server.
    tools="$PWD/artifacts/promtool"
    promtool="$tools/usr/bin/promtool"
    mkdir -p "$tools"
    [ -x "$promtool" ] || (cd "$tools" && apt-get download -qq prometheus && dpkg-deb --extract prometheus_*.deb .) || leave_out "promtool is not on the PATH, and the package 'prometheus' cannot be had."
fi

"$promtool" check rules deploy/alerts.yaml
"$promtool" test rules deploy/alerts-test.yaml
