using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Onboarding.Gateways;
using Luware.Portal.Gateways.Teams;
using Luware.Portal.Sandbox.Teams;
using Luware.Portal.Sandbox.Worker;
using Luware.TeamsPowerShell;
using World = Luware.Portal.Sandbox.World;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>
/// A tenant's Teams as lists and dictionaries that tests fill and read. The sandbox's cmdlets work on them, so that there is one model of Teams.
/// Groups and people are the directory's.
/// </summary>
internal sealed class FakeTeams(FakeDirectory directory, TimeProvider time) : ITeams
{
    /// <summary>The description of a policy, Luware's recommendation by default.</summary>
    public const string Description = "Luware Recording Fail Close 1";

    private const string Global = World.RecordingPolicy.GlobalName;

    private static readonly Guid Former = Guid.NewGuid();

    private readonly World.SandboxFaults faults = new(time);
    private ImmutableList<World.GroupAssignment> assignments = [];

    public List<Instance> Instances { get; } = [];
    public Dictionary<string, Policy> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order of their ranks.</summary>
    public Dictionary<Guid, string> GroupAssignments { get; } = [];
    public Dictionary<Guid, string> DirectAssignments { get; } = [];

    /// <summary>People who were deleted and keep their direct assignment.</summary>
    public HashSet<Guid> Deleted { get; } = [];

    /// <summary>People for whom the policies of their groups are already in force.</summary>
    public HashSet<Guid> Reached { get; } = [];

    /// <summary>Policies that people still have from a group which has lost them, until Teams has told them; nothing later reaches them before.</summary>
    public Dictionary<Guid, string> Lingering { get; } = [];

    /// <summary>The names of other accounts by sign-in name.</summary>
    public Dictionary<string, string> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Instances whose application Teams does not know, so they cannot be linked; true if it keeps a former one.</summary>
    public Dictionary<Guid, bool> NotSynced { get; } = [];

    /// <summary>The error that a cmdlet throws instead of running.</summary>
    public Dictionary<string, GatewayException> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>What happens while a cmdlet runs, such as time passing.</summary>
    public Action<TeamsCommand>? WhileAsked { get; set; }

    /// <summary>What another version of the module returns instead of an object.</summary>
    public Action<JsonObject>? OtherModule { get; set; }

    public List<TeamsCommand> Commands { get; } = [];

    public IEnumerable<TeamsCommand> Writes => Commands.Where(c => !c.Name.StartsWith("Get-", StringComparison.Ordinal));

    public Task<TeamsResult> InvokeAsync(TenantAccess access, TeamsCommand command, CancellationToken cancellationToken)
    {
        TeamsCmdlets.Check(command);
        command.IsComplete.ShouldBeTrue(command.Name);
        Commands.Add(command);
        WhileAsked?.Invoke(command);
        cancellationToken.ThrowIfCancellationRequested();
        if (Answers.TryGetValue(command.Name, out var answer))
            throw answer;

        var found = Run(command);
        foreach (var one in found)
            OtherModule?.Invoke(one);
        return Task.FromResult(new TeamsResult([.. found.Select(o => SandboxWorker.Pick(JsonSerializer.SerializeToElement(o), command.Select))]));
    }

    public Instance AddInstance(string userPrincipalName, Guid applicationId)
    {
        var instance = new Instance(Guid.NewGuid(), userPrincipalName, applicationId);
        Instances.Add(instance);
        return instance;
    }

    public static RefusedException Refusal(string category, string message, string code = "") =>
        new(message, new RemoteAnswer("Teams", code, category, message, "correlation"));

    private JsonObject[] Run(TeamsCommand command)
    {
        try
        {
            var cmdlet = TeamsService.Cmdlets[command.Name];
            var bound = cmdlet.Bind(JsonSerializer.SerializeToElement(SandboxTeams.Naturalise(command.Parameters)));
            var tenant = Arrange();
            var found = cmdlet.Run(new CmdletCall(tenant, Guid.Empty, cmdlet.Name, bound, faults, time.GetUtcNow())).ToArray();
            Keep(tenant);
            return found;
        }
        catch (TeamsRefusalException refusal)
        {
            var error = refusal.ToJson("correlation")["error"].Deserialize<Refusal>(JsonSerializerOptions.Web)!.ToTeamsError();
            throw TeamsFailures.Translate(new CommandRefusedException(command.Name, error));
        }
    }

    /// <summary>The sandbox's tenant with everything that is here.</summary>
    private World.SandboxTenant Arrange()
    {
        var now = time.GetUtcNow();
        assignments =
        [
            .. GroupAssignments.Select((a, i) => (assignments.Find(known => known.GroupId == a.Key && known.PolicyName == a.Value)
                ?? new World.GroupAssignment(a.Key, a.Value, 0, now, Guid.Empty)) with { Rank = i + 1 }),
        ];
        faults.EffectiveDelays.Clear();
        foreach (var person in Lingering.Keys)
            faults.EffectiveDelays[person] = TimeSpan.FromDays(36500);
        World.TenantDomain[] domains = [.. directory.Domains.Select(d => new World.TenantDomain(d.Name, d.IsDefault, d.IsInitial, d.IsManaged))];
        return new World.SandboxTenant(Guid.Empty, "Contoso", "CH", domains)
        {
            People = [.. People()],
            DeletedPeople = [.. Deleted.Select(id => Account(id, "", $"{id}"))],
            Groups = [.. directory.Groups.Select(g => new World.DirectoryGroup(g.Id, g.DisplayName, "", World.GroupKind.Security, [.. ToldMembers(g.Id)]))],
            Instances = [.. Instances.Select(i =>
                new World.ApplicationInstance(i.ObjectId, i.UserPrincipalName, null, i.ApplicationId, default) { Mapped = Mapped(i) })],
            Policies = [.. Policies.Where(p => !IsGlobal(p.Key)).Select(p => p.Value.ToSandbox(p.Key))],
            Global = (Policies.GetValueOrDefault(Global) ?? new Policy { Description = null }).ToSandbox(Global),
            GroupAssignments = assignments,
            DirectAssignments = [.. DirectAssignments.Select(a => new World.DirectAssignment(a.Key, a.Value, default))],
            FormerAssignments = [.. Lingering.Select(l => new World.FormerAssignment(GroupOf(l.Key), l.Value, default, now)).Distinct()],
        };
    }

    private void Keep(World.SandboxTenant tenant)
    {
        Instances.Clear();
        foreach (var instance in tenant.Instances)
        {
            Instances.Add(new Instance(instance.ObjectId, instance.UserPrincipalName, instance.ApplicationId));
            NotSynced.Remove(instance.ObjectId);
            if (instance.Mapped != instance.ApplicationId)
                NotSynced[instance.ObjectId] = instance.Mapped != Guid.Empty;
        }

        foreach (var gone in Policies.Keys.Where(name => !IsGlobal(name) && tenant.FindPolicy(name) is null).ToList())
            Policies.Remove(gone);
        foreach (var policy in tenant.Policies)
        {
            Policies.TryAdd(policy.Name, new Policy());
            Policies[policy.Name].Keep(policy);
        }

        assignments = tenant.GroupAssignments;
        GroupAssignments.Clear();
        assignments.ForEach(a => GroupAssignments[a.GroupId] = a.PolicyName);
        DirectAssignments.Clear();
        tenant.DirectAssignments.ForEach(a => DirectAssignments[a.PersonId] = a.PolicyName);
    }

    /// <summary>Everybody in the directory, whoever was given a policy, and other accounts.</summary>
    private IEnumerable<World.Person> People() =>
    [
        .. directory.People
            .Concat(directory.Members.Values.SelectMany(m => m).Where(m => m.Kind == MemberKind.User).Select(m => m.ToPerson()))
            .Concat(DirectAssignments.Keys.Except(Deleted).Select(id => new Person(id, null, null)))
            .DistinctBy(p => p.Id)
            .Select(p => Account(p.Id, p.Name, p.UserPrincipalName ?? $"{p.Id}")),
        .. Accounts.Select(a => Account(Guid.NewGuid(), a.Value, a.Key)),
    ];

    // Membership is the directory's; Teams has not told everybody yet.
    private IEnumerable<Guid> ToldMembers(Guid group) => MembersOf(group).Where(id => Reached.Contains(id) || Lingering.ContainsKey(id));

    private Guid GroupOf(Guid person) => directory.Groups.First(g => MembersOf(g.Id).Contains(person)).Id;

    private IEnumerable<Guid> MembersOf(Guid group) => directory.Members.GetValueOrDefault(group, []).Select(m => m.Id);

    private Guid Mapped(Instance instance) => NotSynced.TryGetValue(instance.ObjectId, out var former) ? former ? Former : Guid.Empty : instance.ApplicationId;

    private static World.Person Account(Guid id, string name, string userPrincipalName) => new(id, name, userPrincipalName, "", [], [], CanSignIn: false);

    private static bool IsGlobal(string policy) => string.Equals(policy, Global, StringComparison.OrdinalIgnoreCase);

    internal sealed record Instance(Guid ObjectId, string UserPrincipalName, Guid ApplicationId);

    internal sealed class Policy
    {
        public bool Enabled { get; set; }
        public string? Description { get; set; } = FakeTeams.Description;
        public Dictionary<Guid, Link> Links { get; } = [];

        public World.RecordingPolicy ToSandbox(string name) => new(name, Enabled, Description, [.. Links.Select(l => l.Value.ToSandbox(l.Key))], default);

        public void Keep(World.RecordingPolicy policy)
        {
            (Enabled, Description) = (policy.Enabled, policy.Description);
            foreach (var gone in Links.Keys.Except(policy.Applications.Select(a => a.ObjectId)).ToList())
                Links.Remove(gone);
            foreach (var application in policy.Applications)
            {
                Links.TryAdd(application.ObjectId, new Link());
                Links[application.ObjectId].Keep(application);
            }
        }
    }

    internal sealed class Link
    {
        public Dictionary<string, bool> Flags { get; } = [];
        public int Invitations { get; set; } = 1;
        public Guid? Paired { get; set; }

        public static Link With(bool failClose, Guid? paired = null)
        {
            var link = new Link();
            link.Keep(new World.RecordingLink(Guid.Empty)
            {
                RequiredBeforeCallEstablishment = failClose,
                RequiredDuringCall = failClose,
                RequiredBeforeMeetingJoin = failClose,
                RequiredDuringMeeting = failClose,
                Paired = paired,
            });
            return link;
        }

        public World.RecordingLink ToSandbox(Guid objectId) => new(objectId)
        {
            RequiredBeforeCallEstablishment = Flags["RequiredBeforeCallEstablishment"],
            RequiredDuringCall = Flags["RequiredDuringCall"],
            RequiredBeforeMeetingJoin = Flags["RequiredBeforeMeetingJoin"],
            RequiredDuringMeeting = Flags["RequiredDuringMeeting"],
            ConcurrentInvitationCount = Invitations,
            Paired = Paired,
        };

        public void Keep(World.RecordingLink link)
        {
            Flags["RequiredBeforeCallEstablishment"] = link.RequiredBeforeCallEstablishment;
            Flags["RequiredDuringCall"] = link.RequiredDuringCall;
            Flags["RequiredBeforeMeetingJoin"] = link.RequiredBeforeMeetingJoin;
            Flags["RequiredDuringMeeting"] = link.RequiredDuringMeeting;
            (Invitations, Paired) = (link.ConcurrentInvitationCount, link.Paired);
        }
    }
}
