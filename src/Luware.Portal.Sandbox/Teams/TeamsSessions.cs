using System.Collections.Concurrent;
using System.Security.Cryptography;
using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>The sessions that Connect-MicrosoftTeams -AccessTokens opens. A session lives as long as its tokens, which are not refreshed.</summary>
internal sealed class TeamsSessions(TokenIssuer issuer, SandboxTenants tenants, SandboxFaults faults, TimeProvider time)
{
    private static readonly TimeSpan LargestDifference = TimeSpan.FromSeconds(5400);

    private readonly ConcurrentDictionary<string, AccessToken> _sessions = new(StringComparer.Ordinal);

    /// <exception cref="TeamsRefusalException">A token is invalid, or the two do not belong together.</exception>
    public async Task<(string Session, Guid TenantId)> ConnectAsync(string? tenantId, string? graphToken, string? teamsToken)
    {
        var graph = await issuer.ValidateAsync(graphToken, Apis.Graph)
            ?? throw TeamsRefusalException.NotSignedIn("The Microsoft Graph access token is not valid.");
        var teams = await issuer.ValidateAsync(teamsToken, Apis.Teams)
            ?? throw TeamsRefusalException.NotSignedIn("The Skype and Teams Tenant Admin API access token is not valid.");
        if (graph.Identity.PersonId != teams.Identity.PersonId || graph.Identity.Tenant != teams.Identity.Tenant)
            throw TeamsRefusalException.NotSignedIn("The provided tokens are not of the same account.");
        if (tenantId is not null && !string.Equals(tenantId, teams.Identity.Tenant.Id.ToString(), StringComparison.OrdinalIgnoreCase))
            throw TeamsRefusalException.NotSignedIn("The provided tokens are not of the tenant that was asked for.");
        if ((graph.ExpiresAt - teams.ExpiresAt).Duration() >= LargestDifference)
            throw TeamsRefusalException.NotSignedIn("The provided tokens must have less than 5400 seconds difference in the time range of expiration.");

        return Open(teams);
    }

    /// <summary>Signs a person in as in the window that Connect-MicrosoftTeams opens without tokens.</summary>
    /// <exception cref="TeamsRefusalException">Nobody of that name can sign in to the tenant.</exception>
    public (string Session, Guid TenantId) SignIn(string? tenantId, string? userPrincipalName)
    {
        if (tenants.Find(tenantId ?? "") is not { } tenant || tenant.FindPerson(userPrincipalName ?? "") is not { CanSignIn: true } person)
            throw TeamsRefusalException.NotSignedIn("The account does not exist in the tenant.");
        return Open(new AccessToken(
            new Identity(tenant, person.Id), [], [.. person.Roles.Select(r => r.TemplateId)], time.GetUtcNow() + faults.Of(tenant).AccessTokenLifetime));
    }

    /// <exception cref="TeamsRefusalException">There is no session, or its tokens have expired.</exception>
    public AccessToken Require(string? session) =>
        session is not null && _sessions.TryGetValue(session, out var token) && token.ExpiresAt > time.GetUtcNow()
            ? token
            : throw TeamsRefusalException.NotSignedIn("You must call the Connect-MicrosoftTeams cmdlet before calling any other cmdlets.");

    private (string Session, Guid TenantId) Open(AccessToken token)
    {
        var session = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _sessions[session] = token;
        return (session, token.Identity.Tenant.Id);
    }
}
