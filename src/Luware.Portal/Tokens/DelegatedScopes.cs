using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

/// <summary>Finds out which permissions the session holds: a permission is held if Entra issues a token for it.</summary>
internal sealed class DelegatedScopes(ITokens tokens, EntraScopes scopes) : IDelegatedScopes
{
    public async Task<IReadOnlyList<DelegatedScope>> ReadAsync(TenantAccess access, DelegatedRoute route, CancellationToken cancellationToken)
    {
        var wanted = EntraScopes.GraphOf(route);
        var graph = await HeldAsync(access, wanted, cancellationToken)
            ?? await HeldAsync(access, TokenPurpose.Directory, cancellationToken)
            ?? await HeldAsync(access, TokenPurpose.Profile, cancellationToken) ?? [];
        return
        [
            .. scopes.Of(wanted).Select(s => Scope(EntraScopes.GraphName, s, graph)),
            .. route.UsesTeams ? await OfTeamsAsync(access, cancellationToken) : [],
            .. route.ReadsAzure ? await OfAzureAsync(access, cancellationToken) : [],
        ];
    }

    private async Task<IReadOnlyList<DelegatedScope>> OfTeamsAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        var teams = await HeldAsync(access, TokenPurpose.Teams, cancellationToken) ?? [];
        return [.. scopes.Of(TokenPurpose.Teams).Select(s => Scope(EntraScopes.TeamsName, s, teams))];
    }

    private async Task<IReadOnlyList<DelegatedScope>> OfAzureAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        var azure = await HeldAsync(access, TokenPurpose.Azure, cancellationToken) ?? [];
        var blobs = await HeldAsync(access, TokenPurpose.Blobs, cancellationToken) ?? [];
        return
        [
            .. scopes.Of(TokenPurpose.Azure).Select(s => Scope(EntraScopes.AzureName, s, azure)),
            .. scopes.Of(TokenPurpose.Blobs).Select(s => Scope(EntraScopes.BlobsName, s, blobs)),
        ];
    }

    private async Task<HashSet<string>?> HeldAsync(TenantAccess access, TokenPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            // A token for the sign-in scope alone may be older than later grants; only a new one lists the current permissions.
            var token = await tokens.GetAsync(access, purpose, fresh: purpose == TokenPurpose.Profile, cancellationToken);
            return token.Scopes.Select(EntraScopes.ShortName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (ScopesMissingException)
        {
            return null;
        }
    }

    private static DelegatedScope Scope(string resource, string scope, HashSet<string> held)
    {
        var name = EntraScopes.ShortName(scope);
        return new DelegatedScope(resource, name, held.Contains(name));
    }
}
