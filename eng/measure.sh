#!/usr/bin/env bash
# Measures the portal compiled ahead, as it is published: bash eng/measure.sh pages | start | redirect | memory [circuits] | teams | cockpit [tenants]. See docs/performance.md.
set -euo pipefail
cd "$(dirname "$0")/.."

project=tests/Luware.Portal.Benchmarks
built=$project/bin/Release/net10.0
ahead=()
[ "$(uname -m)" != x86_64 ] || { ahead=(--runtime linux-x64 --no-self-contained) && built=$built/linux-x64; }
dotnet publish "$project" --configuration Release "${ahead[@]}" -p:RunAnalyzers=false --output artifacts/benchmarks --nologo --verbosity quiet
# The portal finds the list of its files with what was built, not with what another program publishes.
cp artifacts/benchmarks/*.dll "$built"
# The list of tenants is measured on a server, too.
[ "${1:-}" != cockpit ] || { source eng/tools.sh && start_postgres; }
dotnet "$built/Luware.Portal.Benchmarks.dll" "$@"
