using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>Groups, their members and owners. Recent changes become visible only after a delay.</summary>
internal sealed partial class Groups(SandboxFaults faults, TimeProvider time)
{
    /// <summary>Names of the writes, used for faults and in the record of changes.</summary>
    public const string Upsert = "PATCH /groups", AddMember = "POST /groups/members", AddOwner = "POST /groups/owners";

    private const int LongestName = 256, LongestNickname = 64;

    public JsonObject List(GraphCall call)
    {
        RequireReading(call);
        return GraphList.Answer(call.Request, "groups", call.Tenant.Groups.Where(g => IsListed(call, g)).Select(GraphJson.Of));
    }

    public JsonObject Get(GraphCall call) => GraphList.Single(call.Request, "groups", GraphJson.Of(Find(call)));

    public JsonObject GetByUniqueName(GraphCall call)
    {
        RequireReading(call);
        var name = UniqueName(call);
        return call.Tenant.Groups.Find(g => g.UniqueName == name && IsListed(call, g)) is { } group
            ? GraphList.Single(call.Request, "groups", GraphJson.Of(group))
            : throw new GraphException(GraphError.NotFound(name));
    }

    public JsonObject Members(GraphCall call)
    {
        RequireMembers(call);
        var group = Find(call);
        return People(call, group, group.Members.Where(id => HasArrived(call, group.Joined, id)).ToHashSet());
    }

    /// <summary>Counts the people in the group and its nested groups; answers as plain text.</summary>
    public Task<IResult> CountPeopleAsync(GraphCall call)
    {
        RequireMembers(call);
        GraphList.RequireEventual(call.Request);
        var (group, seen) = (Find(call), new HashSet<Guid>());
        Collect(group);
        return Task.FromResult(Results.Text($"{call.Tenant.People.Count(p => seen.Contains(p.Id))}"));

        void Collect(DirectoryGroup outer)
        {
            foreach (var inner in outer.Members.Where(seen.Add).Select(id => call.Tenant.Groups.Find(g => g.Id == id)).OfType<DirectoryGroup>())
                Collect(inner);
        }
    }

    public JsonObject Owners(GraphCall call)
    {
        RequireMembers(call);
        return People(call, Find(call), [.. Find(call).Owners]);
    }

    /// <summary>Creates a group by its unique name, or changes it if it exists.</summary>
    public async Task<IResult> UpsertAsync(GraphCall call)
    {
        RequireWriting(call, "Group.ReadWrite.All");
        var body = await ReadAsync(call);
        var name = UniqueName(call);
        var delay = faults.Of(call.Tenant).DelayOf(Upsert);
        await Task.Delay(delay.Before, time);
        var made = call.Tenant.Change(() => Change(call, name, body));
        await Task.Delay(delay.After, time);
        return made is null ? Results.NoContent()
            : Results.Json(GraphList.Single(call.Request, "groups", GraphJson.Of(made)), statusCode: StatusCodes.Status201Created);
    }

    public Task<IResult> AddMemberAsync(GraphCall call) => AddAsync(call, AddMember, "members", g => g.Members, (group, id) => group with
    {
        Members = group.Members.Add(id), Joined = group.Joined.SetItem(id, time.GetUtcNow()),
    });

    public Task<IResult> AddOwnerAsync(GraphCall call) =>
        AddAsync(call, AddOwner, "owners", g => g.Owners, (group, id) => group with { Owners = group.Owners.Add(id) });

    private async Task<IResult> AddAsync(
        GraphCall call, string write, string relation, Func<DirectoryGroup, ImmutableList<Guid>> present, Func<DirectoryGroup, Guid, DirectoryGroup> add)
    {
        RequireWriting(call, "Group.ReadWrite.All", "GroupMember.ReadWrite.All");
        var reference = (string?)(await ReadAsync(call))["@odata.id"] ?? "";
        var delay = faults.Of(call.Tenant).DelayOf(write);
        await Task.Delay(delay.Before, time);
        call.Tenant.Change(() =>
        {
            var group = Find(call);
            var person = call.Tenant.FindPerson(reference.Split('/')[^1]) ?? throw new GraphException(GraphError.NotFound(reference.Split('/')[^1]));
            if (group.IsRestricted)
                throw new GraphException(GraphError.NoPrivileges);
            if (group.Kind is GroupKind.Dynamic or GroupKind.Synced)
                throw new GraphException(GraphError.BadRequest("Unable to update the specified properties for objects that are mastered elsewhere."));
            if (present(group).Contains(person.Id))
                throw new GraphException(
                    GraphError.BadRequest($"One or more added object references already exist for the following modified properties: '{relation}'."));

            call.Tenant.Record(time.GetUtcNow(), call.Token.Identity.PersonId, write, $"{group.DisplayName}: {person.UserPrincipalName}");
            return call.Tenant.Groups = call.Tenant.Groups.Replace(group, add(group, person.Id));
        });
        await Task.Delay(delay.After, time);
        return Results.NoContent();
    }

    /// <returns>Null if the group existed already.</returns>
    private DirectoryGroup? Change(GraphCall call, string uniqueName, JsonObject body)
    {
        var (name, description) = (Text(body, "displayName"), (string?)body["description"] ?? "");
        if (call.Tenant.Groups.Find(g => g.UniqueName == uniqueName) is { } found)
        {
            call.Tenant.Groups = call.Tenant.Groups.Replace(found, found with { DisplayName = name, Description = description });
            return null;
        }

        if (!call.Request.Headers["Prefer"].ToString().Contains("create-if-missing", StringComparison.Ordinal))
            throw new GraphException(GraphError.NotFound(uniqueName));
        Check(name, Text(body, "mailNickname"), (bool?)body["mailEnabled"], (bool?)body["securityEnabled"]);
        var made = new DirectoryGroup(Guid.NewGuid(), name, description, GroupKind.Security, []) { UniqueName = uniqueName, CreatedAt = time.GetUtcNow() };
        call.Tenant.Groups = call.Tenant.Groups.Add(made);
        faults.Of(call.Tenant).Hide(made.Id);
        call.Tenant.Record(made.CreatedAt, call.Token.Identity.PersonId, Upsert, name);
        return made;
    }

    private static void Check(string name, string nickname, bool? mailEnabled, bool? securityEnabled)
    {
        if (name.Length > LongestName)
            throw new GraphException(GraphError.BadRequest("Invalid value specified for property 'displayName' of resource 'Group'."));
        if (nickname.Length > LongestNickname || !Nickname().IsMatch(nickname))
            throw new GraphException(GraphError.BadRequest("Invalid value specified for property 'mailNickname' of resource 'Group'."));
        if (mailEnabled is not false || securityEnabled is not true)
            throw new GraphException(GraphError.BadRequest("A value is required for property 'mailEnabled' and 'securityEnabled' of a security group."));
    }

    private static string Text(JsonObject body, string property) =>
        (string?)body[property] is { Length: > 0 } text
            ? text : throw new GraphException(GraphError.BadRequest($"A value is required for property '{property}' of resource 'Group'."));

    private static async Task<JsonObject> ReadAsync(GraphCall call)
    {
        try
        {
            return await JsonNode.ParseAsync(call.Request.Body, cancellationToken: call.Request.HttpContext.RequestAborted) as JsonObject
                ?? throw new GraphException(GraphError.BadRequest("The body is no JSON object."));
        }
        catch (JsonException)
        {
            throw new GraphException(GraphError.BadRequest("Unable to read JSON request payload."));
        }
    }

    private static JsonObject People(GraphCall call, DirectoryGroup group, HashSet<Guid> ids)
    {
        // A caller who may list members but not read people gets only their ids.
        var known = call.Holds("User.ReadBasic.All", "User.Read.All", "Directory.Read.All");
        return GraphList.Answer(call.Request, "directoryObjects",
        [
            .. call.Tenant.People.Where(p => ids.Contains(p.Id)).Select(person => GraphJson.Of(person, known)),
            .. call.Tenant.Groups.Where(g => g != group && ids.Contains(g.Id)).Select(GraphJson.Of),
        ]);
    }

    private DirectoryGroup Find(GraphCall call)
    {
        RequireReading(call);
        var id = (string)call.Request.RouteValues["id"]!;
        var here = faults.Of(call.Tenant);
        return call.Tenant.Groups.Find(
            g => string.Equals(g.Id.ToString(), id, StringComparison.OrdinalIgnoreCase) && here.HasPassed(g.CreatedAt, here.VisibilityDelay / 2)
            && !here.Hides(g.Id))
            ?? throw new GraphException(GraphError.NotFound(id));
    }

    private static string UniqueName(GraphCall call) => (string)call.Request.RouteValues["uniqueName"]!;

    private bool IsListed(GraphCall call, DirectoryGroup group)
    {
        var here = faults.Of(call.Tenant);
        return here.HasPassed(group.CreatedAt, here.VisibilityDelay) && !here.Hides(group.Id);
    }

    private bool HasArrived(GraphCall call, ImmutableDictionary<Guid, DateTimeOffset> joined, Guid id) =>
        !joined.TryGetValue(id, out var at) || faults.Of(call.Tenant).HasPassed(at, faults.Of(call.Tenant).VisibilityDelay);

    private static void RequireReading(GraphCall call) => call.RequireAny(
        "Group.ReadBasic.All", "GroupMember.Read.All", "Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.Read.All");

    private static void RequireMembers(GraphCall call) =>
        call.RequireAny("GroupMember.Read.All", "Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.Read.All");

    private static void RequireWriting(GraphCall call, params ReadOnlySpan<string> scopes)
    {
        call.RequireAny(scopes);
        if (!call.Token.Identity.Person.HasAny(Roles.GroupWriters))
            throw new GraphException(GraphError.NoPrivileges);
    }

    [GeneratedRegex(@"^[\x21-\x7E-[@()\\\[\]"";:.<>,]]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Nickname();
}
