#!/usr/bin/env bash
# Starts the sandbox, Azurite and the portal on this machine: bash eng/demo.sh. Ctrl-C ends all of them.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

need_dotnet
need_azurite
dotnet build src/Luware.Portal.Sandbox --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:NoSummary

data=${PORTAL_DEMO_DATA:-artifacts/demo}
mkdir -p "$data/azurite"
# Blob storage for the storage step; nothing reads it before that step exists.
blob_port=$(free_port 10000)
eng/node_modules/.bin/azurite-blob --silent --skipApiVersionCheck --blobHost 127.0.0.1 --blobPort "$blob_port" --location "$data/azurite" &
trap 'kill $! 2>/dev/null || true' EXIT

dotnet src/Luware.Portal.Sandbox/bin/Release/net10.0/Luware.Portal.Sandbox.dll demo --data "$data" "$@"
