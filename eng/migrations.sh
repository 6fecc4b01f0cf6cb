#!/usr/bin/env bash
# Works for all three databases at once: bash eng/migrations.sh add <Name> creates a migration for the changes of the model; bash eng/migrations.sh script
# writes the output of the portal's --script for both servers to artifacts/sql: everything that a database needs, including the scheduler's tables.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh
need_dotnet
case "${1:-}" in
    add)
        dotnet build src/Luware.Onboarding --nologo --verbosity quiet -consoleLoggerParameters:NoSummary
        dotnet tool restore >/dev/null
        for provider in Sqlite SqlServer PostgreSql; do
            dotnet ef migrations add "${2:?a name for the migration}" --context "${provider}PortalDbContext" --output-dir "Data/$provider/Migrations" \
                --project src/Luware.Onboarding --startup-project src/Luware.Onboarding --no-build
        done
        ;;
    script)
        dotnet build src/Luware.Portal --nologo --verbosity quiet -consoleLoggerParameters:NoSummary
        mkdir -p artifacts/sql
        for provider in SqlServer PostgreSql; do
            dotnet run --project src/Luware.Portal --no-build -- --script "$provider" >"artifacts/sql/$provider.sql"
        done
        ;;
    *)
        sed -n '2,3s/^# //p' "$0"
        exit 1
        ;;
esac
