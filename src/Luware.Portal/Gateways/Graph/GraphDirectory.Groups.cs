using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Microsoft.Graph.Models;
using Group = Luware.Onboarding.Gateways.Group;
using Person = Luware.Onboarding.Gateways.Person;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Groups and their members. Reads use the token for reading, writes a separate one.</summary>
internal sealed partial class GraphDirectory
{
    private const int PageSize = 999;
    private const int FewPeople = 8;

    private static readonly string[] PersonProperties = ["id", "displayName", "userPrincipalName"];

    private static readonly string[] GroupProperties =
        ["id", "displayName", "securityEnabled", "mailEnabled", "groupTypes", "onPremisesSyncEnabled", "isAssignableToRole", "isManagementRestricted"];

    public Task<IReadOnlyList<Group>> FindGroupsAsync(TenantAccess access, string displayNameStart, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<Group>>(access, TokenPurpose.Directory, async graph =>
        {
            var start = displayNameStart.Replace("'", "''", StringComparison.Ordinal);
            var first = await graph.Groups.GetAsync(
                r =>
                {
                    r.QueryParameters.Filter = $"startswith(displayName,'{start}')";
                    r.QueryParameters.Select = GroupProperties;
                },
                cancellationToken);
            var all = await GraphPaging.AllAsync(
                Address, first, page => page.Value, link => graph.Groups.WithUrl(link).GetAsync(cancellationToken: cancellationToken));
            return [.. all.Select(GraphRecords.Group)];
        }, cancellationToken);

    public Task<Group?> FindGroupAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Directory, async graph => await FoundAsync(
            () => graph.Groups[groupId.ToString()].GetAsync(r => r.QueryParameters.Select = GroupProperties, cancellationToken), GraphRecords.Group),
            cancellationToken);

    public Task<Group?> FindGroupAsync(TenantAccess access, string uniqueName, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Directory, async graph => await FoundAsync(
            () => graph.GroupsWithUniqueName(uniqueName).GetAsync(r => r.QueryParameters.Select = GroupProperties, cancellationToken), GraphRecords.Group),
            cancellationToken);

    public Task<IReadOnlyList<GroupMember>> GetMembersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<GroupMember>>(access, TokenPurpose.Directory, async graph =>
        {
            var members = graph.Groups[groupId.ToString()].Members;
            var first = await members.GetAsync(
                r =>
                {
                    r.QueryParameters.Select = PersonProperties;
                    r.QueryParameters.Top = PageSize;
                },
                cancellationToken);
            var all = await GraphPaging.AllAsync(
                Address, first, page => page.Value, link => members.WithUrl(link).GetAsync(cancellationToken: cancellationToken));
            return [.. all.Select(GraphRecords.Member)];
        }, cancellationToken);

    public Task<int> CountPeopleAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Directory, async graph => await graph.Groups[groupId.ToString()].TransitiveMembers.GraphUser.Count.GetAsync(
            // Graph requires this header for a type cast and for a count.
            r => r.Headers.Add("ConsistencyLevel", "eventual"), cancellationToken) ?? 0, cancellationToken);

    public Task<IReadOnlyList<GroupMember>> GetOwnersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<GroupMember>>(access, TokenPurpose.Directory, async graph =>
        {
            var owners = graph.Groups[groupId.ToString()].Owners;
            var first = await owners.GetAsync(r => r.QueryParameters.Select = PersonProperties, cancellationToken);
            var all = await GraphPaging.AllAsync(
                Address, first, page => page.Value, link => owners.WithUrl(link).GetAsync(cancellationToken: cancellationToken));
            return [.. all.Select(GraphRecords.Member)];
        }, cancellationToken);

    /// <summary>Returns one page; a person who is not in it is found by typing more.</summary>
    public Task<IReadOnlyList<Person>> SearchPeopleAsync(TenantAccess access, string text, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<Person>>(access, TokenPurpose.Directory, async graph =>
        {
            var page = await graph.Users.GetAsync(
                r =>
                {
                    r.QueryParameters.Select = PersonProperties;
                    r.QueryParameters.Filter = "accountEnabled eq true and userType eq 'Member'";
                    // More than are returned, because no filter leaves out the members who came from another tenant.
                    r.QueryParameters.Top = 3 * FewPeople;
                    // Graph requires both for a search with a filter.
                    r.QueryParameters.Count = true;
                    r.Headers.Add("ConsistencyLevel", "eventual");
                    if (text.Length > 0)
                        r.QueryParameters.Search = $"\"displayName:{Literal(text)}\" OR \"userPrincipalName:{Literal(text)}\"";
                },
                cancellationToken);
            return [.. (page?.Value ?? []).Select(GraphRecords.Person).Where(p => !p.IsGuest).Take(FewPeople)];
        }, cancellationToken);

    public Task<Person?> FindPersonAsync(TenantAccess access, Guid personId, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Directory, async graph => await FoundAsync(
            () => graph.Users[personId.ToString()].GetAsync(r => r.QueryParameters.Select = PersonProperties, cancellationToken), GraphRecords.Person),
            cancellationToken);

    public Task<IReadOnlyList<Licence>> GetLicencesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<Licence>>(access, TokenPurpose.Directory, async graph =>
        {
            var first = await graph.SubscribedSkus.GetAsync(cancellationToken: cancellationToken);
            var all = await GraphPaging.AllAsync(
                Address, first, page => page.Value, link => graph.SubscribedSkus.WithUrl(link).GetAsync(cancellationToken: cancellationToken));
            return [.. all.Select(GraphRecords.Licence)];
        }, cancellationToken);

    /// <summary>Creates or updates by unique name; a repeated POST would create a second group with the same name.</summary>
    public Task CreateGroupAsync(TenantAccess access, NewGroup group, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Groups, graph => graph.GroupsWithUniqueName(group.UniqueName).PatchAsync(
            new()
            {
                DisplayName = group.DisplayName,
                Description = group.Description,
                MailEnabled = false,
                MailNickname = group.UniqueName,
                SecurityEnabled = true,
            },
            r => r.Headers.Add("Prefer", "create-if-missing"), cancellationToken), cancellationToken);

    public Task AddToGroupAsync(TenantAccess access, Guid groupId, GroupRelation relation, Guid personId, CancellationToken cancellationToken) =>
        AskAsync(access, TokenPurpose.Groups, async graph =>
        {
            var group = graph.Groups[groupId.ToString()];
            var reference = new ReferenceCreate { OdataId = new Uri(Address, $"/v1.0/directoryObjects/{personId}").AbsoluteUri };
            await (relation == GroupRelation.Owner
                ? group.Owners.Ref.PostAsync(reference, cancellationToken: cancellationToken)
                : group.Members.Ref.PostAsync(reference, cancellationToken: cancellationToken));
            return true;
        }, cancellationToken);

    /// <summary>Escapes quotes, which would end the search text, and backslashes, which would escape the closing quote.</summary>
    private static string Literal(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static async Task<TRecord?> FoundAsync<TShape, TRecord>(Func<Task<TShape?>> ask, Func<TShape, TRecord> record)
        where TShape : class
        where TRecord : class
    {
        try
        {
            return await ask() is { } found ? record(found) : null;
        }
        catch (Exception e) when (GraphFailures.IsNotFound(e))
        {
            return null;
        }
    }
}
