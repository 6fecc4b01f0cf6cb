# Sourced by the other scripts: installs the tools that they need, once, and prints what it installs.

# Ends a check that cannot run on this machine (exit code 77 counts as skipped).
leave_out() {
    echo "Left out: $1"
    exit 77
}

need_dotnet() {
    command -v dotnet >/dev/null || { echo "The .NET SDK 10 is needed: 'dotnet' is not on the PATH." >&2; exit 2; }
}

need_azurite() {
    command -v npm >/dev/null || { echo "Node.js is needed for Azurite: 'npm' is not on the PATH." >&2; exit 2; }
    # npm writes a copy of the lock file; while the copy is newer than ours, nothing has changed.
    if [ ! eng/node_modules/.package-lock.json -nt eng/package-lock.json ]; then
        echo "Installing Azurite …"
        (cd eng && npm ci --silent && touch node_modules/.package-lock.json)
    fi
}

# Installs packages with apt; false if this person may not, or if they cannot be had.
install_packages() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing $* …"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_chromium() {
    command -v chromium >/dev/null || install_packages chromium fonts-noto-core || echo "Chromium is not installed: the browser tests will report themselves skipped." >&2
}

# Sets PORTAL_PWSH to the path of pwsh, or leaves it empty. Uses an existing one, else installs the .NET tool of the pinned version.
need_pwsh() {
    local version=7.6.9
    local tool="$PWD/artifacts/pwsh/$version"
    local program="$tool/.store/powershell/$version/powershell/$version/tools/net10.0/any/unix/pwsh.dll"
    if [ -z "${PORTAL_PWSH:-}" ]; then
        PORTAL_PWSH=$(command -v pwsh || echo "$tool/launch/pwsh")
    fi
    # The launcher is written only after PowerShell has run once, but its target may have been deleted since.
    if [ "$PORTAL_PWSH" = "$tool/launch/pwsh" ] && { [ ! -x "$PORTAL_PWSH" ] || [ ! -f "$program" ]; }; then
        echo "Installing PowerShell $version …"
        rm -rf "$tool"
        if dotnet tool install PowerShell --version "$version" --tool-path "$tool" >/dev/null; then
            # The tool's own command would stay as a parent process; this launcher is replaced by PowerShell.
            mkdir -p "$tool/launch"
            printf '#!/bin/sh\nexec dotnet "%s" "$@"\n' "$program" >"$tool/launch/pwsh"
            chmod +x "$tool/launch/pwsh"
            "$tool/launch/pwsh" -NoProfile -Command exit || rm "$tool/launch/pwsh"
        fi
    fi
    if [ -x "$PORTAL_PWSH" ]; then
        export PORTAL_PWSH
    else
        echo "There is no PowerShell at '$PORTAL_PWSH': what needs it is left out." >&2
        unset PORTAL_PWSH
    fi
}

# Prints the folder of the newest PostgreSQL, or nothing. A pattern without a match must not fail the calling shell.
postgres_programs() {
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true
}

# Starts a PostgreSQL for this run only, on loopback and not as root, and sets PORTAL_TEST_POSTGRES to its address, or leaves it empty. A server already named there is used instead.
start_postgres() {
    [ -z "${PORTAL_TEST_POSTGRES:-}" ] || return 0
    local bin
    bin=$(postgres_programs)
    if [ -z "$bin" ] && install_packages postgresql; then
        bin=$(postgres_programs)
    fi
    if [ -z "$bin" ]; then
        echo "PostgreSQL is not installed: the tests that need it will report themselves skipped." >&2
        return 0
    fi

    local as=() port
    postgres_data=$(mktemp -d)
    if [ "$(id -u)" = 0 ]; then
        chown postgres "$postgres_data"
        as=(setpriv --reuid postgres --regid postgres --clear-groups)
    fi
    port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
    (cd "$postgres_data" && "${as[@]}" "$bin/initdb" --pgdata data --username portal --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >/dev/null)
    # Tests need no durability, so the server does not flush to disk.
    (cd "$postgres_data" && exec "${as[@]}" "$bin/postgres" -D "$postgres_data/data" -c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories= \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 >"$postgres_data/log" 2>&1) &
    postgres_pid=$!
    trap 'kill -INT "$postgres_pid" 2>/dev/null; wait "$postgres_pid" 2>/dev/null; rm -rf "$postgres_data"' EXIT
    local try
    for try in $(seq 1 60); do
        "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break
        sleep 0.5
    done
    if ! "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; then
        cat "$postgres_data/log" >&2
        echo "PostgreSQL does not answer: the tests that need it will report themselves skipped." >&2
        return 0
    fi
    export PORTAL_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=portal;Database=postgres"
}
