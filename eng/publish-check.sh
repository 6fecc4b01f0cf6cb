#!/usr/bin/env bash
# Publishes the portal as the Dockerfile does and checks that it becomes live and ready on its own: bash eng/publish-check.sh. It runs in production mode, with
# nothing of this shell's environment, as another user who may write only to a folder for temporary files and to one for the database.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

need_dotnet
need_pwsh
for tool in openssl curl node; do
    command -v "$tool" >/dev/null || leave_out "'$tool' is not on the PATH."
done

as_nobody=()
[ "$(id -u)" != 0 ] || as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
"${as_nobody[@]}" test -r "$PWD/src/Luware.Portal.Sandbox/Module/MicrosoftTeams/MicrosoftTeams.psd1" && "${as_nobody[@]}" dotnet --list-runtimes >/dev/null 2>&1 \
    || leave_out "another user can neither read this folder nor run dotnet."

work=$(mktemp -d)
trap 'kill "${portal:-}" 2>/dev/null && wait "$portal" || true; rm -rf "$work"' EXIT
ahead=()
[ "$(uname -m)" != x86_64 ] || ahead=(--runtime linux-x64 --no-self-contained)
dotnet publish src/Luware.Portal --configuration Release "${ahead[@]}" -p:RestoreLockedMode=true \
    -p:InformationalVersion=0.0.0-check -p:RunAnalyzers=false --output "$work/app" --nologo --verbosity quiet

# In a git repository the commit follows the version.
version=$(dotnet "$work/app/Luware.Portal.dll" --version)
case "$version" in 0.0.0-check*) echo "It is version $version." ;; *) echo "It says that it is version '$version'." >&2; exit 1 ;; esac

mkdir -p "$work/tmp" "$work/data" "$work/secrets"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=keys" -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
# Secrets as files, as a platform mounts them: in production the portal accepts them from nowhere else.
openssl rand -hex 16 >"$work/secrets/Entra__ClientSecret"
openssl rand -hex 16 >"$work/secrets/DataProtection__CertificatePassword"
openssl rand -base64 32 >"$work/secrets/Audit__Keys__1"
openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/cert.pem" -passout "file:$work/secrets/DataProtection__CertificatePassword" -out "$work/keys.pfx"

if [ "$(id -u)" = 0 ]; then
    chmod 755 "$work" && chmod 644 "$work/keys.pfx" && chown 65534:65534 "$work/tmp" "$work/data"
fi

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
id() { printf '00000000-0000-4000-8000-%012d' "$1"; }
# If PowerShell is available, a worker imports the stand-in module of the tests; only image-check.sh can tell whether Microsoft's module imports.
teams=(Teams__WarmWorkers=0)
if [ -n "${PORTAL_PWSH:-}" ]; then
    teams=(Teams__WarmWorkers=1 Teams__Executable="$PORTAL_PWSH" Teams__ModulePath="$PWD/src/Luware.Portal.Sandbox/Module/MicrosoftTeams/MicrosoftTeams.psd1")
fi
(cd "$work/app" && exec "${as_nobody[@]}" env -i PATH="$PATH" TMPDIR="$work/tmp" HOME=/nonexistent DOTNET_ROOT="${DOTNET_ROOT:-}" \
    ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_URLS="http://127.0.0.1:$port" DOTNET_EnableDiagnostics=0 \
    Portal__PublicAddress=https://portal.example.com Portal__Proxies__0=127.0.0.1 Entra__ClientId="$(id 1)" Secrets__Directory="$work/secrets" Staff__TenantId="$(id 2)" \
    Regions__MTCH__Applications__0__ApplicationId="$(id 3)" Regions__MTDE__Applications__0__ApplicationId="$(id 4)" Regions__MTDE__Applications__1__ApplicationId="$(id 5)" \
    Database__ConnectionString="Data Source=$work/data/portal.db" DataProtection__CertificateFile="$work/keys.pfx" Audit__CurrentKey=1 \
    "${teams[@]}" dotnet Luware.Portal.dll) &
portal=$!

for path in live ready; do
    for try in $(seq 1 120); do
        kill -0 "$portal" 2>/dev/null || { echo "The portal has ended." >&2; exit 1; }
        answer=$(curl -s "http://127.0.0.1:$port/health/$path" || true)
        [ "$answer" = Healthy ] && break
        sleep 0.5
    done
    echo "/health/$path: ${answer:-no answer}"
    [ "$answer" = Healthy ] || exit 1
done

# The same request as the image's health check.
bash -c "exec 3<>/dev/tcp/127.0.0.1/$port && printf 'GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3 && grep -q '200 OK' <&3"

kill -TERM "$portal"
wait "$portal"
portal=
echo "It has stopped by itself when asked to."
