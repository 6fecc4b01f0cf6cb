namespace Luware.Onboarding.Gateways;

/// <summary>Which delegated permissions the chosen route needs, and which of them the session holds.</summary>
public interface IDelegatedScopes
{
    Task<IReadOnlyList<DelegatedScope>> ReadAsync(TenantAccess access, DelegatedRoute route, CancellationToken cancellationToken);
}

/// <summary>What the chosen route does besides reading: whatever it does not do needs no permission.</summary>
/// <param name="MakesGroups">The portal makes groups, or adds people to them.</param>
public sealed record DelegatedRoute(bool MakesGroups)
{
    public static readonly DelegatedRoute ReadingOnly = new(MakesGroups: false);
}

/// <param name="Resource">Microsoft Graph, or the Skype and Teams Tenant Admin API.</param>
/// <param name="Name">For example Application.Read.All.</param>
public sealed record DelegatedScope(string Resource, string Name, bool Granted);
