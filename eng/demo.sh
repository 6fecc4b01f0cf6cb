#!/usr/bin/env bash
# Starts the sandbox, Azurite and the portal on this machine: bash eng/demo.sh. Ctrl-C ends all of them.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

need_dotnet
need_azurite
need_pwsh
dotnet build src/Luware.Portal.Sandbox --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:NoSummary

# The sandbox finds Azurite below eng and stops it when it ends.
exec dotnet src/Luware.Portal.Sandbox/bin/Release/net10.0/Luware.Portal.Sandbox.dll demo ${PORTAL_PWSH:+--pwsh "$PORTAL_PWSH"} "$@"
