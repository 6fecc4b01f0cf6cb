#!/usr/bin/env bash
# Runs every test: bash eng/test.sh. The last line is the sum over all test projects and the checks of what is shipped, each of which counts as one test.
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
# Locked: a lock file that does not fit the packages ends the run instead of being rewritten.
dotnet build Luware.Portal.sln --configuration Release -p:RestoreLockedMode=true --nologo --verbosity quiet -consoleLoggerParameters:NoSummary

broken=0
for project in tests/*.Tests; do
    name=$(basename "$project")
    echo "== $name"
    # A test that hangs is named, and ends the run of its project instead of all runs.
    timeout 2400 dotnet "$project/bin/Release/net10.0/$name.dll" -noLogo -noColor -longRunning 300 -xml "$results/$name.xml" || broken=1
done

# The tests of everything that stores and reads rows run on SQLite above, and again on each server that can be had here. Tests that choose their database themselves are left out.
for database in PostgreSql:PORTAL_TEST_POSTGRES SqlServer:PORTAL_TEST_SQLSERVER; do
    name="stores-on-${database%%:*}"
    echo "== $name"
    if [ -n "$(printenv "${database#*:}")" ]; then
        PORTAL_TEST_DATABASE=${database%%:*} timeout 2400 dotnet tests/Luware.Onboarding.Tests/bin/Release/net10.0/Luware.Onboarding.Tests.dll -noLogo -noColor -longRunning 300 -xml "$results/$name.xml" \
            -namespace "*.Audit" -namespace "*.Colleagues" -namespace "*.Engine*" -namespace "*.Handover" -namespace "*.Isolation" -namespace "*.Tenants*" \
            -class- "*OnSqliteTests" -class- "*OnPostgreSqlTests" -class- "*OnSqlServerTests" -class- "*.CutConnectionTests" || broken=1
    else
        echo "<assembly skipped=\"1\"><test name=\"$name\"><reason>${database#*:} names no server.</reason></test></assembly>" >"$results/$name.xml"
    fi
done

# A check that ends with 77 cannot be made on this machine; the last line that it has written says why.
for check in audit-check deploy-check alerts-check publish-check image-check; do
    echo "== $check"
    code=0
    bash "eng/$check.sh" >"$results/$check.log" 2>&1 || code=$?
    case "$code" in
        0) outcome='passed="1"' ;;
        77) outcome='skipped="1"' ;;
        *) outcome='failed="1"' broken=1 && tail -40 "$results/$check.log" ;;
    esac
    reason=$(tail -1 "$results/$check.log" | sed 's/&/\&amp;/g; s/</\&lt;/g')
    echo "<assembly $outcome><test name=\"$check\">$([ "$code" = 77 ] && echo "<reason>$reason</reason>")</test></assembly>" >"$results/$check.xml"
done

node eng/sum.js $(for project in tests/*.Tests; do echo "$results/$(basename "$project").xml"; done) "$results"/stores-on-*.xml "$results"/*-check.xml || broken=1
exit "$broken"
