#!/usr/bin/env bash
# For the three databases at once: bash eng/migrations.sh add <Name> makes a migration of what the model has changed; bash eng/migrations.sh script
# writes SQL that brings a server's database up to date from whichever state, below artifacts/sql, for those who apply SQL by hand.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
ef() { dotnet ef migrations "$@" --project src/Luware.Onboarding --startup-project src/Luware.Onboarding --no-build; }

dotnet build src/Luware.Onboarding --nologo --verbosity quiet -consoleLoggerParameters:NoSummary
case "${1:-}" in
    add)
        for provider in Sqlite SqlServer PostgreSql; do
            ef add "${2:?a name for the migration}" --context "${provider}PortalDbContext" --output-dir "Data/$provider/Migrations"
        done
        ;;
    script)
        mkdir -p artifacts/sql
        for provider in SqlServer PostgreSql; do
            ef script --idempotent --context "${provider}PortalDbContext" --output "artifacts/sql/$provider.sql"
        done
        ;;
    *)
        sed -n '2,3s/^# //p' "$0"
        exit 1
        ;;
esac
