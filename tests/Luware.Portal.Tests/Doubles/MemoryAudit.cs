using System.Collections.Concurrent;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Records the calls, one line each.</summary>
internal sealed class MemoryAudit : IAudit
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public Task SignedInAsync(Actor actor, CancellationToken cancellationToken) => Add($"in {actor.UserPrincipalName}");

    public Task SignedOutAsync(Actor actor, CancellationToken cancellationToken) => Add($"out {actor.UserPrincipalName}");

    public Task OtherAccountAsync(Guid entraTenantId, Guid person, CancellationToken cancellationToken) => Add($"other account {person}");

    public Task RoleLostAsync(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles, CancellationToken cancellationToken) =>
        Add($"lost {actor.Access.PersonId} {string.Join(' ', actor.AppRoles.Except(appRoles, StringComparer.Ordinal))}");

    public Task RenewalRefusedAsync(Actor actor, string? code, CancellationToken cancellationToken) => Add($"not renewed {actor.Access.PersonId} {code}");

    public Task DownloadedAsync(Actor actor, Guid entraTenantId, string file, CancellationToken cancellationToken) =>
        Add($"file {file} {actor.UserPrincipalName}");

    public Task ExportedAsync(Actor actor, CockpitView view, CockpitPage found, CancellationToken cancellationToken) =>
        Add($"export {string.Join(' ', view.Filters)} {found.Total} {actor.UserPrincipalName}");

    public Task ExportedAsync(Actor actor, string file, CancellationToken cancellationToken) => Add($"export {file} {actor.UserPrincipalName}");

    private Task Add(string line)
    {
        _lines.Enqueue(line);
        return Task.CompletedTask;
    }
}
