using System.Globalization;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>A small model of a tenant's Teams behind the cmdlets that the steps use.</summary>
internal sealed class FakeTeams : ITeams
{
    /// <summary>The description of a policy, Luware's recommendation by default.</summary>
    public const string Description = "Luware Recording Fail Close 1";

    private const string PolicyType = TeamsCmdlets.ComplianceRecordingPolicyType;

    public List<Instance> Instances { get; } = [];
    public Dictionary<string, Policy> Policies { get; } = new(StringComparer.OrdinalIgnoreCase);
    public Dictionary<Guid, string> GroupAssignments { get; } = [];
    public Dictionary<Guid, string> DirectAssignments { get; } = [];

    /// <summary>People for whom a group's policy is already in force.</summary>
    public Dictionary<Guid, Guid> GroupInForce { get; } = [];

    /// <summary>Further groups of people, whose policies are in force for them as well.</summary>
    public List<(Guid Person, Guid Group)> AlsoInGroups { get; } = [];

    /// <summary>Policies that people still have from a group which has lost them, until Teams has told them.</summary>
    public Dictionary<Guid, string> Lingering { get; } = [];

    /// <summary>People of the tenant by their principal names.</summary>
    public Func<IReadOnlySet<string>, IEnumerable<Guid>> PeopleNamed { get; set; } = _ => [];

    /// <summary>Set for a module that cannot return the effective policies of several people.</summary>
    public bool KeepsEffectivePolicies { get; set; }

    /// <summary>Other accounts by sign-in name, and whether they are deleted.</summary>
    public Dictionary<string, (string Name, bool IsDeleted)> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Instances whose application Teams does not know, so they cannot be linked; true if it keeps a former one.</summary>
    public Dictionary<Guid, bool> NotSynced { get; } = [];

    /// <summary>The error that a cmdlet throws instead of running.</summary>
    public Dictionary<string, GatewayException> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>What happens while a cmdlet runs, such as time passing.</summary>
    public Action<TeamsCommand>? WhileAsked { get; set; }

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

        var selected = Run(command).Select(o => o.Where(p => command.Select.Contains(p.Key)).ToDictionary());
        return Task.FromResult(new TeamsResult([.. selected.Select(o => JsonSerializer.SerializeToElement(o))]));
    }

    public Instance AddInstance(string userPrincipalName, Guid applicationId)
    {
        var instance = new Instance(Guid.NewGuid(), userPrincipalName, applicationId);
        Instances.Add(instance);
        return instance;
    }

    public static RefusedException Refusal(string category, string message, string code = "") =>
        new(message, new RemoteAnswer("Teams", code, category, message, "correlation"));

    private IEnumerable<Dictionary<string, object?>> Run(TeamsCommand command) => command.Name switch
    {
        "Get-CsOnlineApplicationInstance" => Instances.Select(i => i.Object),
        "New-CsOnlineApplicationInstance" => NewInstance(command),
        "Set-CsOnlineApplicationInstance" => SetInstance(command),
        "Sync-CsOnlineApplicationInstance" => Sync(command),
        "Get-CsTeamsComplianceRecordingPolicy" => Policies.Select(p => new Dictionary<string, object?> { ["Identity"] = $"Tag:{p.Key}", ["Enabled"] = p.Value.Enabled, ["Description"] = p.Value.Description }),
        "New-CsTeamsComplianceRecordingPolicy" => NewPolicy(command),
        "Set-CsTeamsComplianceRecordingPolicy" => SetPolicy(command),
        "Remove-CsTeamsComplianceRecordingPolicy" => RemovePolicy(command),
        "Get-CsTeamsComplianceRecordingApplication" => Policies.SelectMany(p => p.Value.Links.Select(l => l.Value.Object($"Tag:{p.Key}/{l.Key}"))),
        "New-CsTeamsComplianceRecordingApplication" => NewLink(command),
        "Set-CsTeamsComplianceRecordingApplication" => SetLink(command),
        "Remove-CsTeamsComplianceRecordingApplication" => RemoveLink(command),
        "Get-CsGroupPolicyAssignment" => GroupAssignments.Select((a, i) => new Dictionary<string, object?> { ["GroupId"] = a.Key, ["PolicyType"] = PolicyType, ["PolicyName"] = a.Value, ["Priority"] = i + 1 }),
        "New-CsGroupPolicyAssignment" => NewAssignment(command),
        "Remove-CsGroupPolicyAssignment" => RemoveAssignment(command),
        "Grant-CsTeamsComplianceRecordingPolicy" => GrantDirectly(command),
        "Get-CsOnlineUser" when command.Parameters.Any(p => p.Name == "Filter") => Users(Text(command, "Filter")),
        "Get-CsOnlineUser" => FindAccount(Text(command, "Identity")),
        "Get-CsUserPolicyAssignment" => Effective(Id(command, "Identity")),
        _ => throw new InvalidOperationException($"{command.Name} is not played here."),
    };

    private IEnumerable<Dictionary<string, object?>> NewInstance(TeamsCommand command)
    {
        var name = Text(command, "UserPrincipalName");
        if (Instances.Exists(i => i.UserPrincipalName == name) || Accounts.ContainsKey(name))
            throw Refusal("ResourceExists", "Another object with the same value for property userPrincipalName already exists.", "ObjectConflict");
        return [AddInstance(name, Id(command, "ApplicationId")).Object];
    }

    private IEnumerable<Dictionary<string, object?>> SetInstance(TeamsCommand command)
    {
        var place = Instances.FindIndex(i => i.UserPrincipalName == Text(command, "Identity"));
        Instances[place] = Instances[place] with { ApplicationId = Id(command, "ApplicationId") };
        NotSynced[Instances[place].ObjectId] = true;
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> Sync(TeamsCommand command)
    {
        var objectId = Id(command, "ObjectId");
        if (Id(command, "ApplicationId") == Guid.Empty)
            NotSynced[objectId] = false;
        else if (NotSynced.GetValueOrDefault(objectId))
            throw Refusal("InvalidArgument", "An item with the same key has already been added.");
        else
            NotSynced.Remove(objectId);
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> FindAccount(string name) => Accounts.TryGetValue(name, out var account)
        ? [new() { ["DisplayName"] = account.Name, ["AccountType"] = "User", ["SoftDeletionTimestamp"] = account.IsDeleted ? "2026-11-20T08:00:00Z" : null }]
        : throw Refusal("ObjectNotFound", "Management object not found for identity.");

    private IEnumerable<Dictionary<string, object?>> NewPolicy(TeamsCommand command)
    {
        if (!Policies.TryAdd(Text(command, "Identity"), new Policy { Enabled = Flag(command, "Enabled"), Description = Text(command, "Description") }))
            throw Refusal("ResourceExists", "There is already an object with this identity.");
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> SetPolicy(TeamsCommand command)
    {
        var policy = Policies[Text(command, "Identity")];
        foreach (var parameter in command.Parameters)
        {
            if (parameter is { Name: "Enabled", Value: TeamsValue.Flag enabled })
                policy.Enabled = enabled.Value;
            if (parameter is { Name: "Description", Value: TeamsValue.Text description })
                policy.Description = description.Value;
        }
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> NewLink(TeamsCommand command)
    {
        var (policy, id) = Target(command);
        if (NotSynced.ContainsKey(id))
            throw Refusal("ObjectNotFound", "The application instance was not found.");
        if (!policy.Links.TryAdd(id, new Link()))
            throw Refusal("ResourceExists", "There is already an object with this identity.");
        return SetLink(command);
    }

    private IEnumerable<Dictionary<string, object?>> SetLink(TeamsCommand command)
    {
        var (policy, id) = Target(command);
        if (Paired(command) is { } paired && NotSynced.ContainsKey(paired))
            throw Refusal("ObjectNotFound", "The application instance was not found.");
        foreach (var (name, value) in command.Parameters)
            policy.Links[id].Set(name, value);
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> RemovePolicy(TeamsCommand command)
    {
        if (!Policies.Remove(Text(command, "Identity")))
            throw Refusal("ObjectNotFound", "The policy was not found.");
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> RemoveLink(TeamsCommand command)
    {
        var (policy, id) = Target(command);
        if (!policy.Links.Remove(id))
            throw Refusal("ObjectNotFound", "The application was not found.");
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> NewAssignment(TeamsCommand command)
    {
        if (!Policies.ContainsKey(Text(command, "PolicyName")))
            throw Refusal("ObjectNotFound", "The policy was not found.");
        if (!GroupAssignments.TryAdd(Id(command, "GroupId"), Text(command, "PolicyName")))
            throw Refusal("ResourceExists", "The group already has a policy of this type.");
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> RemoveAssignment(TeamsCommand command)
    {
        if (!GroupAssignments.Remove(Id(command, "GroupId")))
            throw Refusal("ObjectNotFound", "The group has no policy of this type.");
        return [];
    }

    private IEnumerable<Dictionary<string, object?>> GrantDirectly(TeamsCommand command)
    {
        if (Value(command, "PolicyName") is TeamsValue.Null)
            DirectAssignments.Remove(Id(command, "Identity"));
        else
            DirectAssignments[Id(command, "Identity")] = Text(command, "PolicyName");
        return [];
    }

    /// <summary>People with one of these principal names, or with the filter's policy granted directly.</summary>
    private IEnumerable<Dictionary<string, object?>> Users(string filter)
    {
        if (filter.StartsWith(PolicyType, StringComparison.Ordinal))
            return HoldersOf(filter[$"{PolicyType} -eq '".Length..^1].Replace("''", "'", StringComparison.Ordinal));

        var names = filter.Split(" -or ").Select(part => part["UserPrincipalName -eq '".Length..^1].Replace("''", "'", StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return PeopleNamed(names).Select(id => new Dictionary<string, object?>
        {
            ["Identity"] = id,
            ["EffectivePolicyAssignments"] = KeepsEffectivePolicies ? null : Effective(id).Select(e => new
            {
                PolicyType, PolicyAssignment = new { displayName = e["PolicyName"], assignmentType = "group" },
            }).ToArray(),
        });
    }

    private IEnumerable<Dictionary<string, object?>> HoldersOf(string policy) => Policies.ContainsKey(policy)
        ? DirectAssignments.Where(d => d.Value == policy).Select(d => new Dictionary<string, object?> { ["Identity"] = d.Key })
        : throw Refusal("ObjectNotFound", "The policy was not found.");

    /// <summary>A direct grant wins, then the group of the better rank. All are listed, the groups in no order of theirs.</summary>
    private IEnumerable<Dictionary<string, object?>> Effective(Guid person)
    {
        var sources = new List<(string AssignmentType, string PolicyName, Guid? Reference)>();
        if (DirectAssignments.TryGetValue(person, out var direct))
            sources.Add(("Direct", direct, null));
        var groups = AlsoInGroups.Where(a => a.Person == person).Select(a => a.Group).Prepend(GroupInForce.GetValueOrDefault(person)).Where(GroupAssignments.ContainsKey).ToList();
        sources.AddRange(groups.Select(g => ("Group", GroupAssignments[g], (Guid?)g)));
        if (Lingering.TryGetValue(person, out var former))
            sources.Add(("Group", former, null));
        var best = GroupAssignments.Where(a => groups.Contains(a.Key)).Select(a => a.Value).FirstOrDefault();
        return sources is []
            ? []
            :
            [
                new()
                {
                    ["PolicyType"] = PolicyType, ["PolicyName"] = direct ?? best ?? former,
                    ["PolicySource"] = sources.Select(s => new { s.AssignmentType, s.PolicyName, s.Reference }).ToArray(),
                },
            ];
    }

    private (Policy Policy, Guid Id) Target(TeamsCommand command)
    {
        var parts = Text(command, "Identity")["Tag:".Length..].Split('/');
        return (Policies[parts[0]], Guid.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static Guid? Paired(TeamsCommand command) =>
        command.Parameters.Select(p => p.Value).OfType<TeamsValue.List>().SelectMany(l => l.Items).OfType<TeamsValue.Nested>().Select(n => (Guid?)Guid.Parse(Text(n.Command, "Id"))).FirstOrDefault();

    private static TeamsValue Value(TeamsCommand command, string name) => command.Parameters.Single(p => p.Name == name).Value;

    private static string Text(TeamsCommand command, string name) => Value(command, name).ShouldBeOfType<TeamsValue.Text>().Value;

    private static bool Flag(TeamsCommand command, string name) => Value(command, name).ShouldBeOfType<TeamsValue.Flag>().Value;

    private static Guid Id(TeamsCommand command, string name) => Value(command, name).ShouldBeOfType<TeamsValue.Id>().Value;

    internal sealed record Instance(Guid ObjectId, string UserPrincipalName, Guid ApplicationId)
    {
        public Dictionary<string, object?> Object => new() { ["ObjectId"] = ObjectId, ["UserPrincipalName"] = UserPrincipalName, ["ApplicationId"] = ApplicationId };
    }

    internal sealed class Policy
    {
        public bool Enabled { get; set; }
        public string? Description { get; set; } = FakeTeams.Description;
        public Dictionary<Guid, Link> Links { get; } = [];
    }

    internal sealed class Link
    {
        public Dictionary<string, bool> Flags { get; } = [];
        public int Invitations { get; set; } = 1;
        public Guid? Paired { get => AllPaired is [var one] ? one : null; set => AllPaired = value is { } one ? [one] : []; }
        public IReadOnlyList<Guid> AllPaired { get; set; } = [];

        public static Link With(bool failClose, Guid? paired = null)
        {
            var link = new Link { Paired = paired };
            foreach (var flag in (string[])["RequiredBeforeCallEstablishment", "RequiredDuringCall", "RequiredBeforeMeetingJoin", "RequiredDuringMeeting"])
                link.Flags[flag] = failClose;
            return link;
        }

        public Dictionary<string, object?> Object(string identity) => new(Flags.Select(f => KeyValuePair.Create(f.Key, (object?)f.Value)))
        {
            ["Identity"] = identity,
            ["ConcurrentInvitationCount"] = Invitations,
            ["ComplianceRecordingPairedApplications"] = AllPaired.Select(id => new { Id = id }).ToArray(),
        };

        public void Set(string name, TeamsValue value)
        {
            switch (name, value)
            {
                case (_, TeamsValue.Flag flag):
                    Flags[name] = flag.Value;
                    break;
                case ("ConcurrentInvitationCount", TeamsValue.Number number):
                    Invitations = number.Value;
                    break;
                case ("ComplianceRecordingPairedApplications", TeamsValue.Null):
                    Paired = null;
                    break;
                case ("ComplianceRecordingPairedApplications", TeamsValue.List { Items: [TeamsValue.Nested nested] }):
                    Invitations.ShouldBe(1, "paired applications and several invitations exclude each other");
                    Paired = nested.Command.Parameters[0].Value is TeamsValue.Text text ? Guid.Parse(text.Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException();
                    break;
            }
        }
    }
}
