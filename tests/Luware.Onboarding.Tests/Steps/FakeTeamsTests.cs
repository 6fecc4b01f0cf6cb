using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Steps.Grants;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>The Teams of the steps' tests refuse and return what those of the demo do.</summary>
public sealed class FakeTeamsTests
{
    private const string Policy = "luwarerecordingfailclose1";

    private readonly StepWorld world = new(StepWorld.Switzerland);
    private readonly Group group;
    private readonly GroupMember member;

    public FakeTeamsTests()
    {
        group = world.Directory.AddGroup("Traders", people: 2);
        member = world.Directory.Members[group.Id][0];
        world.Teams.Policies[Policy] = new FakeTeams.Policy { Enabled = true };
    }

    [Fact]
    public async Task A_policy_that_a_group_or_a_person_has_stays()
    {
        world.Teams.GroupAssignments[group.Id] = Policy;
        await ShouldBeRefusedAsync("InvalidArgument", "Remove-CsTeamsComplianceRecordingPolicy", ("Identity", Policy));

        world.Teams.GroupAssignments.Clear();
        world.Teams.DirectAssignments[member.Id] = Policy;
        await ShouldBeRefusedAsync("InvalidArgument", "Remove-CsTeamsComplianceRecordingPolicy", ("Identity", Policy));

        world.Teams.DirectAssignments.Clear();
        await RunAsync("Remove-CsTeamsComplianceRecordingPolicy", ("Identity", Policy));
        world.Teams.Policies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_granted_to_groups_and_people_who_do_not_exist()
    {
        await ShouldBeRefusedAsync("ObjectNotFound", GrantCommands.Grant(Guid.NewGuid(), "", Policy));
        await ShouldBeRefusedAsync("ObjectNotFound", GrantCommands.Grant(group.Id, "", "another"));
        await ShouldBeRefusedAsync("ObjectNotFound", GrantCommands.Give(Guid.NewGuid(), Policy));
        await ShouldBeRefusedAsync("ObjectNotFound", GrantCommands.Give(member.Id, "another"));
        await ShouldBeRefusedAsync("ObjectNotFound", "Get-CsUserPolicyAssignment", ("Identity", Guid.NewGuid()));
    }

    [Fact]
    public async Task No_more_groups_than_Microsoft_allows_have_a_policy()
    {
        for (var i = 0; i < GroupAssignments.Most; i++)
            world.Teams.GroupAssignments[Guid.NewGuid()] = "othervendor";

        await ShouldBeRefusedAsync("InvalidArgument", GrantCommands.Grant(group.Id, "", Policy));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a:b")]
    [InlineData("a\u0007b")]
    public async Task A_policy_has_a_name_that_Teams_accepts(string name)
    {
        await ShouldBeRefusedAsync("InvalidArgument", "New-CsTeamsComplianceRecordingPolicy", ("Identity", name));
        await ShouldBeRefusedAsync("InvalidArgument", "New-CsTeamsComplianceRecordingPolicy", ("Identity", new string('a', 129)));
    }

    [Fact]
    public async Task A_former_application_is_cleared_before_Teams_takes_another_and_only_then_is_the_instance_linked()
    {
        var instance = world.Teams.AddInstance("luwarerecording-mtch-1@contoso.com", Guid.NewGuid());
        var application = world.Region.Applications[0].ApplicationId;
        var link = $"Tag:{Policy}/{instance.ObjectId}";
        await RunAsync("Set-CsOnlineApplicationInstance", ("Identity", instance.UserPrincipalName), ("ApplicationId", application));

        await ShouldBeRefusedAsync("InvalidArgument", "New-CsTeamsComplianceRecordingApplication", ("Identity", link));
        await ShouldBeRefusedAsync("InvalidArgument", "Sync-CsOnlineApplicationInstance", ("ObjectId", instance.ObjectId), ("ApplicationId", application));
        await RunAsync("Sync-CsOnlineApplicationInstance", ("ObjectId", instance.ObjectId), ("ApplicationId", Guid.Empty));
        await RunAsync("Sync-CsOnlineApplicationInstance", ("ObjectId", instance.ObjectId), ("ApplicationId", application));
        await RunAsync("New-CsTeamsComplianceRecordingApplication", ("Identity", link));

        world.Teams.Policies[Policy].Links.ShouldHaveSingleItem().Value.Flags.Values.ShouldAllBe(required => required);
    }

    [Fact]
    public async Task An_instance_is_made_on_a_managed_domain_of_the_tenant_and_changed_where_it_exists()
    {
        await ShouldBeRefusedAsync("InvalidArgument", Instance("one@elsewhere.example"));
        await ShouldBeRefusedAsync("ResourceExists", Instance(member.UserPrincipalName!));
        await ShouldBeRefusedAsync("ObjectNotFound", "Set-CsOnlineApplicationInstance", ("Identity", "one@contoso.com"), ("ApplicationId", Guid.NewGuid()));
        await ShouldBeRefusedAsync("ObjectNotFound", "Sync-CsOnlineApplicationInstance", ("ObjectId", Guid.NewGuid()), ("ApplicationId", Guid.NewGuid()));
    }

    [Fact]
    public async Task The_policy_of_the_whole_tenant_is_always_listed()
    {
        var policies = await RunAsync("Get-CsTeamsComplianceRecordingPolicy");

        policies.Select(p => p.GetProperty("Identity").GetString()).ShouldBe(["Global", $"Tag:{Policy}"]);
    }

    [Fact]
    public async Task A_group_takes_the_rank_that_was_asked_for_and_the_others_follow()
    {
        var other = world.Directory.AddGroup("Front Office", people: 1);
        await world.Teams.InvokeAsync(world.Context.Access, GrantCommands.Grant(group.Id, "", Policy), CancellationToken.None);

        await world.Teams.InvokeAsync(world.Context.Access, GrantCommands.Grant(other.Id, "", Policy, rank: 1), CancellationToken.None);

        world.Teams.GroupAssignments.Keys.ShouldBe([other.Id, group.Id]);
        (await RunAsync("Get-CsGroupPolicyAssignment")).Select(a => a.GetProperty("Rank").GetInt32()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_groups_policy_is_in_force_for_members_whom_Teams_has_told_and_names_the_group()
    {
        world.Teams.GroupAssignments[group.Id] = Policy;
        (await EffectiveAsync()).ShouldBeEmpty();

        world.Teams.Reached.Add(member.Id);
        (await EffectiveAsync()).ShouldHaveSingleItem().GetProperty("PolicySource")[0].GetProperty("Reference").GetGuid().ShouldBe(group.Id);

        world.Directory.Members[group.Id].Remove(member);
        world.Directory.People.Add(member.ToPerson());
        (await EffectiveAsync()).ShouldBeEmpty();

        Task<IReadOnlyList<JsonElement>> EffectiveAsync() => RunAsync("Get-CsUserPolicyAssignment", ("Identity", member.Id));
    }

    private async Task<IReadOnlyList<JsonElement>> RunAsync(string name, params (string Name, object Value)[] parameters) =>
        (await world.Teams.InvokeAsync(world.Context.Access, Command(name, parameters), CancellationToken.None)).Objects;

    private Task ShouldBeRefusedAsync(string category, string name, params (string Name, object Value)[] parameters) =>
        ShouldBeRefusedAsync(category, Command(name, parameters));

    private async Task ShouldBeRefusedAsync(string category, TeamsCommand command) =>
        (await Should.ThrowAsync<RefusedException>(() => world.Teams.InvokeAsync(world.Context.Access, command, CancellationToken.None)))
            .Answer!.Category.ShouldBe(category, command.ToPowerShell());

    private static TeamsCommand Instance(string userPrincipalName) =>
        Command("New-CsOnlineApplicationInstance", [("UserPrincipalName", userPrincipalName), ("ApplicationId", Guid.NewGuid())]);

    private static TeamsCommand Command(string name, (string Name, object Value)[] parameters) =>
        new(name, [.. parameters.Select(p => new TeamsParameter(p.Name, p.Value is Guid id ? new TeamsValue.Id(id) : new TeamsValue.Text((string)p.Value)))],
            ["Identity", "Rank", "PolicySource"]);
}
