#!/usr/bin/env bash
# Asks the registries for advisories against every package, direct or transitive, of the portal and of its tests: bash eng/audit-check.sh.
# A registry without advisories reports no findings for anything, and the tools do not mention it; this script does.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

need_dotnet
for tool in curl npm; do
    command -v "$tool" >/dev/null || leave_out "'$tool' is not on the PATH."
done

silent=()
advised=
for index in $(dotnet nuget list source --format short | sed -n 's/^E[A-Z]* \(http.*\)/\1/p'); do
    if curl --silent --fail --location --max-time 30 "$index" | grep VulnerabilityInfo >/dev/null; then advised=1; fi
done
if [ -n "$advised" ]; then
    found=$(dotnet list Luware.Portal.sln package --vulnerable --include-transitive)
    if grep -q 'following vulnerable packages' <<<"$found"; then echo "$found" >&2; exit 1; fi
    echo "NuGet: nothing is known against any package."
else
    silent+=(NuGet)
fi

code=0
report=$(cd eng && npm audit --json --audit-level=high 2>/dev/null) || code=$?
if grep -q '"auditReportVersion"' <<<"$report"; then
    [ "$code" = 0 ] || { echo "$report" >&2; exit 1; }
    echo "npm: nothing grave is known against any package."
else
    silent+=(npm)
fi

[ "${#silent[@]}" = 0 ] || leave_out "no advisories can be had from the registries of: ${silent[*]}."
