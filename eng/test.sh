#!/usr/bin/env bash
# Runs every test: bash eng/test.sh. The last line is the sum over all test projects.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

need_dotnet
need_azurite
need_chromium
need_pwsh
start_postgres

results=artifacts/tests
rm -rf "$results" && mkdir -p "$results"
dotnet build Luware.Portal.sln --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:NoSummary

broken=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    echo "== $name"
    dotnet "$project/bin/Release/net10.0/$name.dll" -noLogo -noColor -xml "$results/$name.xml" || broken=1
done

node eng/sum.js $(for project in tests/*.Tests; do echo "$results/$(basename "$project").xml"; done)
exit "$broken"
