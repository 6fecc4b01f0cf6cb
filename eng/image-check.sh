#!/usr/bin/env bash
# Builds the image and runs it as in production, with Docker or Podman: bash eng/image-check.sh. The container runs as an unprivileged user, on a read-only root
# file system, without capabilities and without a network; secrets are files. CONTAINER_ENGINE names another engine, CONTAINER_OPTIONS adds options to its run.
set -euo pipefail
cd "$(dirname "$0")/.."
source eng/tools.sh

engine=${CONTAINER_ENGINE:-$(command -v docker || command -v podman || true)}
[ -n "$engine" ] || leave_out "there is neither Docker nor Podman."
$engine info >/dev/null 2>&1 || leave_out "'$engine' does not answer."
command -v openssl >/dev/null || leave_out "'openssl' is not on the PATH."
for base in $(sed -n 's/^FROM \(\S*\).*/\1/p' Dockerfile | sort -u); do
    $engine image inspect "$base" >/dev/null 2>&1 || $engine pull --quiet "$base" >/dev/null || leave_out "the base image $base cannot be had."
done

# Podman's own image format has no health check.
formats=()
case "$engine" in *podman*) formats=(--format docker) ;; esac
$engine build "${formats[@]}" --tag luware-portal:check .

work=$(mktemp -d)
portal=
trap '[ -z "$portal" ] || $engine rm --force --volumes "$portal" >/dev/null; rm -rf "$work"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=keys" -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
mkdir "$work/secrets"
openssl rand -hex 16 >"$work/secrets/Entra__ClientSecret"
openssl rand -base64 32 >"$work/secrets/Audit__Keys__1"
cat "$work/key.pem" "$work/cert.pem" >"$work/secrets/keys.pem"
chmod 755 "$work" "$work/secrets" && chmod 644 "$work/secrets"/*

id() { printf '00000000-0000-4000-8000-%012d' "$1"; }
portal=$($engine run --detach ${CONTAINER_OPTIONS:-} --network none --read-only --tmpfs /tmp:mode=1777,size=256m --volume /data --cap-drop ALL --security-opt no-new-privileges \
    --volume "$work/secrets:/run/secrets:ro" --env Portal__PublicAddress=https://portal.example.com --env Portal__Proxies__0=127.0.0.1 --env Entra__ClientId="$(id 1)" --env Staff__TenantId="$(id 2)" \
    --env Regions__MTCH__Applications__0__ApplicationId="$(id 3)" --env Regions__MTDE__Applications__0__ApplicationId="$(id 4)" --env Regions__MTDE__Applications__1__ApplicationId="$(id 5)" \
    --env DataProtection__CertificateFile=/run/secrets/keys.pem --env Audit__CurrentKey=1 luware-portal:check)

# Ready means that a worker has imported the module that is in the image.
ask='exec 3<>/dev/tcp/127.0.0.1/8080 && printf "GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 && tail -1 <&3'
for try in $(seq 1 120); do
    answer=$($engine exec "$portal" bash -c "$ask" 2>/dev/null || true)
    [ "$answer" = Healthy ] && break
    sleep 1
done
[ "$answer" = Healthy ] || { $engine logs "$portal" >&2; echo "It did not become ready: ${answer:-no answer}" >&2; exit 1; }
echo "Ready: a worker has imported the module."

user=$($engine exec "$portal" id --user)
[ "$user" != 0 ] || { echo "It runs as root." >&2; exit 1; }
! $engine exec "$portal" touch /app/file 2>/dev/null || { echo "It can write to its own program." >&2; exit 1; }
echo "It runs as user $user and cannot write to its program."

# The manual test of a worker from docs/operations.md.
$engine exec "$portal" bash -c "HOME=/tmp /opt/powershell/teams-pwsh -NoProfile -Command 'Import-Module \$env:Teams__ModulePath'"
echo "PowerShell imports the module by hand."

[ "$($engine exec "$portal" cat /proc/1/comm)" = tini ] || { echo "Process 1 is not tini." >&2; exit 1; }
# Leaves an orphan behind; once it has ended, no zombie may remain.
$engine exec "$portal" bash -c '(sleep 1 & echo $! >/tmp/orphan)'
sleep 2
! $engine exec "$portal" bash -c 'test -d "/proc/$(cat /tmp/orphan)"' || { echo "Process 1 leaves orphans behind." >&2; exit 1; }
echo "Process 1 is tini, and takes orphans away."

$engine exec "$portal" bash -c "$($engine inspect --format '{{index .Config.Healthcheck.Test 3}}' "$portal")"
echo "The image's health check says that it is well."

$engine stop --time 60 "$portal" >/dev/null
[ "$($engine inspect --format '{{.State.ExitCode}}' "$portal")" = 0 ] || { $engine logs "$portal" >&2; exit 1; }
echo "It has stopped by itself when asked to."
