#!/usr/bin/env bash
# Runs every test: bash eng/test.sh. The last line is the sum over all test projects.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

need_dotnet
need_azurite
need_chromium

results=artifacts/tests
rm -rf "$results" && mkdir -p "$results"
dotnet build Luware.Portal.sln --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:NoSummary

broken=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    echo "== $name"
    dotnet "$project/bin/Release/net10.0/$name.dll" -noLogo -noColor -ctrf "$results/$name.json" || broken=1
    [ -s "$results/$name.json" ] || { echo "$name ended without a report." >&2; broken=1; echo '{"results":{"summary":{"passed":0,"failed":1,"skipped":0},"tests":[]}}' >"$results/$name.json"; }
done

node eng/sum.js "$results"/*.json
exit "$broken"
