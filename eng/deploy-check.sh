#!/usr/bin/env bash
# Checks the files in deploy/ with tools that need no cloud: bash eng/deploy-check.sh. The tests check their settings and run the
# registration script; publish-check.sh runs what the image runs.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

need_dotnet
[ "$(uname -s -m)" = "Linux x86_64" ] || leave_out "the Bicep compiler is pinned for Linux on x64."
tools="$PWD/artifacts/deploy"
mkdir -p "$tools"

bicep_version=0.49.2
bicep=$(find "$tools" -path "*/$bicep_version/tools/bicep" -print -quit)
if [ -z "$bicep" ]; then
    cat >"$tools/bicep.proj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="Azure.Bicep.CommandLine.linux-x64" Version="[$bicep_version]" /></ItemGroup>
</Project>
XML
    echo '<Project />' | tee "$tools/Directory.Build.props" >"$tools/Directory.Packages.props"
    dotnet restore "$tools/bicep.proj" --packages "$tools/packages" --verbosity quiet || leave_out "the Bicep compiler cannot be had from the package registry."
    bicep=$(find "$tools" -path "*/$bicep_version/tools/bicep" -print -quit)
    chmod +x "$bicep"
fi

# Treat warnings as errors: the Bicep compiler knows the types of every resource.
findings=$("$bicep" lint deploy/main.bicep 2>&1) || true
[ -z "$findings" ] || { echo "$findings" >&2; exit 1; }
"$bicep" build deploy/main.bicep --stdout >"$tools/main.json"
"$bicep" build-params deploy/main.bicepparam --stdout >"$tools/parameters.json"
echo "main.bicep: compiled and linted."

dockerfile_utils=dockerfile-utils@0.16.3 yaml=yaml@2.8.1
npm exec --yes --package="$dockerfile_utils" --package="$yaml" --call true || leave_out "the linters cannot be had from the package registry."
npm exec --yes --package="$dockerfile_utils" -- dockerfile-utils lint Dockerfile
echo "Dockerfile: linted."
npm exec --yes --package="$yaml" -- yaml valid <deploy/compose.yaml
echo "compose.yaml: parsed."
