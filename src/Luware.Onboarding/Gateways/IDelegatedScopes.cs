namespace Luware.Onboarding.Gateways;

/// <summary>The delegated permissions that the chosen route needs, and which of them the session holds.</summary>
public interface IDelegatedScopes
{
    Task<IReadOnlyList<DelegatedScope>> ReadAsync(TenantAccess access, DelegatedRoute route, CancellationToken cancellationToken);
}

/// <summary>What the chosen route does besides reading; anything else needs no permission.</summary>
/// <param name="MakesGroups">The portal creates groups, or adds people to them.</param>
/// <param name="ReadsAzure">A storage account is to be read.</param>
public sealed record DelegatedRoute(bool MakesGroups, bool ReadsAzure)
{
    public static readonly DelegatedRoute ReadingOnly = new(MakesGroups: false, ReadsAzure: false);

    /// <summary>Whether the tenant's directory is read; false if a person only looks after the storage.</summary>
    public bool ReadsDirectory { get; init; } = true;

    public bool UsesTeams { get; init; } = true;
}

/// <param name="Resource">Microsoft Graph, the Skype and Teams Tenant Admin API, Azure Resource Manager, Azure Storage.</param>
/// <param name="Name">For example Directory.Read.All.</param>
public sealed record DelegatedScope(string Resource, string Name, bool Granted);
