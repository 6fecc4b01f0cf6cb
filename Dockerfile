# The portal with PowerShell and the pinned MicrosoftTeams module. Runs as an unprivileged user on a read-only root file system; it needs a small
# writable /tmp (pipes and homes of its workers), and /data if the database is SQLite. See deploy/README.md.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# Shown by logs, telemetry and --version.
ARG PORTAL_VERSION=0.0.0-local
# Compiled ahead of time if the lock files name the platform; on other platforms the portal only starts more slowly.
RUN [ "$(uname -m)" != x86_64 ] || ahead="--runtime linux-x64 --no-self-contained"; \
    dotnet publish src/Luware.Portal --configuration Release -p:RestoreLockedMode=true -p:InformationalVersion="$PORTAL_VERSION" --output /app $ahead

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS powershell
ARG POWERSHELL_VERSION=7.6.9
ARG TEAMS_MODULE_VERSION=7.9.0
RUN dotnet tool install PowerShell --version "$POWERSHELL_VERSION" --tool-path /opt/powershell \
    # The tool's own command would stay as a parent process; this launcher is replaced by PowerShell.
    && printf '#!/bin/sh\nexec dotnet /opt/powershell/.store/powershell/%s/powershell/%s/tools/net10.0/any/unix/pwsh.dll "$@"\n' "$POWERSHELL_VERSION" "$POWERSHELL_VERSION" >/opt/powershell/teams-pwsh \
    && chmod 755 /opt/powershell/teams-pwsh \
    && mkdir /opt/modules \
    && /opt/powershell/teams-pwsh -NoProfile -NonInteractive -Command "Save-PSResource -Name MicrosoftTeams -Version $TEAMS_MODULE_VERSION -Path /opt/modules -TrustRepository" \
    && ln -s "$TEAMS_MODULE_VERSION" /opt/modules/MicrosoftTeams/pinned

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ARG TEAMS_MODULE_VERSION=7.9.0
COPY --from=powershell /opt/powershell /opt/powershell
COPY --from=powershell /opt/modules /opt/modules
COPY --from=build /app /app
COPY LICENSE THIRD-PARTY-NOTICES.md /licenses/
# The font of the hand-over's PDF; and tini as process 1, which reaps what workers leave behind.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-dejavu-core tini && rm -rf /var/lib/apt/lists/*
# Created here so that a volume mounted there belongs to the portal's user.
RUN mkdir /data && chown "$APP_UID" /data
WORKDIR /app
USER $APP_UID
# No diagnostics port: any process of the same account, workers included, could attach to the portal through it.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    Database__ConnectionString="Data Source=/data/portal.db" \
    Teams__Executable=/opt/powershell/teams-pwsh \
    Teams__ModulePath=/opt/modules/MicrosoftTeams/pinned/MicrosoftTeams.psd1 \
    Teams__ModuleVersion=$TEAMS_MODULE_VERSION
EXPOSE 8080
# The image has no curl, so bash makes the request.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["tini", "--", "dotnet", "Luware.Portal.dll"]
