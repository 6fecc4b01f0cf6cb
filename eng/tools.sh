# Sourced by demo.sh and test.sh: installs what they need, once, and says what it does.

need_dotnet() {
    command -v dotnet >/dev/null || { echo "The .NET SDK 10 is needed: 'dotnet' is not on the PATH." >&2; exit 2; }
}

need_azurite() {
    command -v npm >/dev/null || { echo "Node.js is needed for Azurite: 'npm' is not on the PATH." >&2; exit 2; }
    # npm leaves a copy of the lock file behind; while it is newer than ours, nothing has changed.
    if [ ! eng/node_modules/.package-lock.json -nt eng/package-lock.json ]; then
        echo "Installing Azurite …"
        (cd eng && npm ci --silent && touch node_modules/.package-lock.json)
    fi
}

need_chromium() {
    command -v chromium >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Chromium …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
    else
        echo "Chromium is not installed: the browser tests will report themselves skipped." >&2
    fi
}
