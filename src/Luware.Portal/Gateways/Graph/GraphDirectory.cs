using Luware.Onboarding.Gateways;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Organization = Luware.Onboarding.Gateways.Organization;
using ServicePrincipal = Luware.Onboarding.Gateways.ServicePrincipal;
using VerifiedDomain = Luware.Onboarding.Gateways.VerifiedDomain;

namespace Luware.Portal.Gateways.Graph;

/// <summary>The customer's directory through the Microsoft Graph SDK.</summary>
internal sealed partial class GraphDirectory(ITokens tokens, IHttpClientFactory clients, IOptions<GraphSettings> settings) : IDirectory
{
    private const string GraphApplicationId = "00000003-0000-0000-c000-000000000000";

    private Uri Address { get; } = new(settings.Value.BaseAddress!);

    public Task<Organization> GetOrganizationAsync(TenantAccess access, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Profile, async graph =>
        {
            var page = await graph.Organization.GetAsync(r => r.QueryParameters.Select = ["id", "displayName", "verifiedDomains"], cancellationToken);
            var organization = page?.Value is [var only] ? only : throw new WrongIdentityException("Microsoft Graph named no single organization.");
            if (!Guid.TryParse(organization.Id, out var id) || id != access.TenantId)
                throw new WrongIdentityException($"Microsoft Graph answered for tenant {organization.Id}, but tenant {access.TenantId} was expected.");
            return new Organization(id, organization.DisplayName ?? "", [.. (organization.VerifiedDomains ?? []).Select(GraphRecords.Domain)]);
        }, cancellationToken);

    public Task<IReadOnlyList<Guid>> GetActiveRolesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<Guid>>(access, TokenPurpose.Directory, async graph =>
        {
            var roles = graph.Me.TransitiveMemberOf.GraphDirectoryRole;
            var first = await roles.GetAsync(
                r =>
                {
                    r.QueryParameters.Select = ["id", "displayName", "roleTemplateId"];
                    // Graph requires both for a type cast.
                    r.QueryParameters.Count = true;
                    r.Headers.Add("ConsistencyLevel", "eventual");
                },
                cancellationToken);
            var all = await GraphPaging.AllAsync(Address, first, page => page.Value, link => roles.WithUrl(link).GetAsync(
                r => r.Headers.Add("ConsistencyLevel", "eventual"), cancellationToken));
            return [.. all.Select(r => r.RoleTemplateId).Select(id => Guid.TryParse(id, out var role) ? role : Guid.Empty).Where(id => id != Guid.Empty)];
        }, cancellationToken);

    public Task<ServicePrincipal?> FindServicePrincipalAsync(TenantAccess access, Guid applicationId, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Directory, async graph =>
        {
            if (await FindPrincipalAsync(graph, applicationId.ToString(), cancellationToken) is not { Id: { } id } principal)
                return null;
            var resource = await FindPrincipalAsync(graph, GraphApplicationId, cancellationToken);
            var roles = await GetRolesAsync(graph, id, resource?.Id, cancellationToken);
            var scopes = await GetScopesAsync(graph, id, resource?.Id, cancellationToken);
            return GraphRecords.Principal(principal, applicationId, roles, scopes);
        }, cancellationToken);

    private static async Task<Microsoft.Graph.Models.ServicePrincipal?> FindPrincipalAsync(
        GraphServiceClient graph, string applicationId, CancellationToken cancellationToken)
    {
        var page = await graph.ServicePrincipals.GetAsync(
            r =>
            {
                r.QueryParameters.Filter = $"appId eq '{applicationId}'";
                r.QueryParameters.Select = ["id", "appId", "displayName", "accountEnabled", "appRoleAssignmentRequired", "appOwnerOrganizationId"];
            },
            cancellationToken);
        return page?.Value?.FirstOrDefault();
    }

    private async Task<List<Guid>> GetRolesAsync(GraphServiceClient graph, string principal, string? resource, CancellationToken cancellationToken)
    {
        var assignments = graph.ServicePrincipals[principal].AppRoleAssignments;
        var first = await assignments.GetAsync(cancellationToken: cancellationToken);
        var all = await GraphPaging.AllAsync(
            Address, first, page => page.Value, link => assignments.WithUrl(link).GetAsync(cancellationToken: cancellationToken));
        return [.. all.Where(a => resource is not null && a.ResourceId == Guid.Parse(resource)).Select(a => a.AppRoleId).OfType<Guid>()];
    }

    private async Task<List<string>> GetScopesAsync(GraphServiceClient graph, string principal, string? resource, CancellationToken cancellationToken)
    {
        var first = await graph.Oauth2PermissionGrants.GetAsync(
            r => r.QueryParameters.Filter = $"clientId eq '{principal}' and consentType eq 'AllPrincipals'", cancellationToken);
        var all = await GraphPaging.AllAsync(
            Address, first, page => page.Value, link => graph.Oauth2PermissionGrants.WithUrl(link).GetAsync(cancellationToken: cancellationToken));
        return [.. all.Where(g => resource is not null && g.ResourceId == resource)
            .SelectMany(g => (g.Scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>Asks with one token, which serves all pages of an answer.</summary>
    private Task<T> AskAsync<T>(TenantAccess access, TokenPurpose purpose, Func<GraphServiceClient, Task<T>> ask, CancellationToken cancellationToken) =>
        tokens.UseAsync(access, purpose, token => AskAsync(token, ask), cancellationToken);

    private async Task<T> AskAsync<T>(EntraToken token, Func<GraphServiceClient, Task<T>> ask)
    {
        using var http = clients.CreateClient(BackChannels.Graph);
        using var graph = new GraphServiceClient(http, new SessionAuthentication(token, Address), Address.ToString());
        try
        {
            return await ask(graph);
        }
        catch (Exception e) when (GraphFailures.Concerns(e))
        {
            throw GraphFailures.Translate(e);
        }
    }
}
