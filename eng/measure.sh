#!/usr/bin/env bash
# Measures the portal compiled ahead of time, as it is published: bash eng/measure.sh pages | start | redirect | memory [circuits] | teams | cockpit [tenants]. See docs/performance.md.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh
need_dotnet

project=tests/Luware.Portal.Benchmarks
built=$project/bin/Release/net10.0
ahead=()
[ "$(uname -m)" != x86_64 ] || { ahead=(--runtime linux-x64 --no-self-contained) && built=$built/linux-x64; }
dotnet publish "$project" --configuration Release "${ahead[@]}" -p:RunAnalyzers=false --output artifacts/benchmarks --nologo --verbosity quiet
# The portal looks for its static files manifest in the build output, not among the files that another program publishes.
cp artifacts/benchmarks/*.dll "$built"
# The list of tenants is measured on a database server as well.
[ "${1:-}" != cockpit ] || start_postgres
dotnet "$built/Luware.Portal.Benchmarks.dll" "$@"
