using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Sandbox;

public sealed class TeamsTests : SandboxTest
{
    private const string Policy = "luwarerecordingfailclose1";
    private const string PolicyType = "TeamsComplianceRecordingPolicy";

    [Fact]
    public async Task The_whole_of_the_article_for_Germany_runs_and_reads_back()
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var teams = await ConnectAsync(katrin);
        var group = Tenants.Fabrikam.Groups.Single(g => g.DisplayName == "LuwareRecording-RecordedUsers");

        var first = await NewInstanceAsync(teams, "luwarerecording-mtde-1@fabrikam.de", Applications.Germany1);
        var second = await NewInstanceAsync(teams, "luwarerecording-mtde-2@fabrikam.de", Applications.Germany2);
        await teams.RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Enabled", true), ("Description", "Luware Recording Fail Close 1"), ("Identity", Policy));
        await teams.RunAsync("New-CsTeamsComplianceRecordingApplication", ("Identity", $"Tag:{Policy}/{first}"), ("RequiredDuringCall", false));
        await teams.RunAsync("Set-CsTeamsComplianceRecordingApplication",
            ("Identity", $"Tag:{Policy}/{first}"), ("ComplianceRecordingPairedApplications", new[] { new { Id = second } }));
        await teams.RunAsync("New-CsGroupPolicyAssignment", ("GroupId", group.Id), ("PolicyType", PolicyType), ("PolicyName", Policy));

        var policy = (await teams.RunAsync("Get-CsTeamsComplianceRecordingPolicy", ("Identity", Policy))).ShouldHaveSingleItem();
        policy.GetProperty("Identity").GetString().ShouldBe($"Tag:{Policy}");
        var link = policy.GetProperty("ComplianceRecordingApplications")[0];
        link.GetProperty("RequiredBeforeCallEstablishment").GetBoolean().ShouldBeTrue();
        link.GetProperty("RequiredDuringCall").GetBoolean().ShouldBeFalse();
        link.GetProperty("ComplianceRecordingPairedApplications")[0].GetProperty("Id").GetString().ShouldBe(second);
        var effective = await teams.RunAsync("Get-CsUserPolicyAssignment", ("Identity", group.Members[0]), ("PolicyType", PolicyType));
        effective.ShouldHaveSingleItem().GetProperty("PolicySource")[0].GetProperty("Reference").GetGuid().ShouldBe(group.Id);
        Tenants.Fabrikam.Writes.Where(w => w.What != "Consent").Select(w => w.What).ShouldBe(
        [
            "New-CsOnlineApplicationInstance", "New-CsOnlineApplicationInstance", "New-CsTeamsComplianceRecordingPolicy",
            "New-CsTeamsComplianceRecordingApplication", "Set-CsTeamsComplianceRecordingApplication", "New-CsGroupPolicyAssignment",
        ]);
    }

    [Fact]
    public async Task What_exists_is_refused_a_second_time()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var group = Tenants.Northwind.Groups[0].Id;
        var link = $"Tag:{Policy}/{Tenants.Northwind.Instances.Single().ObjectId}";
        await teams.RunAsync("New-CsGroupPolicyAssignment", ("GroupId", group), ("PolicyType", PolicyType), ("PolicyName", Policy));

        (await teams.RefusedAsync("New-CsOnlineApplicationInstance", ("UserPrincipalName", "luwarerecording-mtde-1@northwind.de"))).Message
            .ShouldBe("Another object with the same value for property userPrincipalName already exists.");
        (await teams.RefusedAsync("New-CsOnlineApplicationInstance", ("UserPrincipalName", "stefan.albrecht@northwind.de")))
            .Category.ShouldBe("ResourceExists");
        (await teams.RefusedAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy))).Category.ShouldBe("ResourceExists");
        (await teams.RefusedAsync("New-CsTeamsComplianceRecordingApplication", ("Identity", link))).Category.ShouldBe("ResourceExists");
        (await teams.RefusedAsync("New-CsGroupPolicyAssignment", ("GroupId", group), ("PolicyType", PolicyType), ("PolicyName", Policy)))
            .Category.ShouldBe("ResourceExists");
        Tenants.Northwind.Writes.Count(w => w.What.StartsWith("New-", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_application_id_counts_once_Teams_was_told_and_the_former_one_cleared()
    {
        using var katrin = Person(Tenants.Fabrikam, "Katrin Vogel");
        var teams = await ConnectAsync(katrin);
        var instance = await NewInstanceAsync(teams, "luwarerecording-mtde-1@fabrikam.de", Guid.NewGuid());
        await teams.RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy));
        await teams.RunAsync("Set-CsOnlineApplicationInstance", ("Identity", "luwarerecording-mtde-1@fabrikam.de"), ("ApplicationId", Applications.Germany1));

        (await teams.RunAsync("Get-CsOnlineApplicationInstance"))[0].GetProperty("ApplicationId").GetGuid().ShouldBe(Applications.Germany1);
        (await teams.RefusedAsync("New-CsTeamsComplianceRecordingApplication", ("Identity", $"Tag:{Policy}/{instance}"))).Message
            .ShouldContain("does not exist");
        (await teams.RefusedAsync("Sync-CsOnlineApplicationInstance", ("ObjectId", instance), ("ApplicationId", Applications.Germany1))).Message
            .ShouldBe("An item with the same key has already been added.");

        await teams.RunAsync("Sync-CsOnlineApplicationInstance", ("ObjectId", instance), ("ApplicationId", Guid.Empty));
        await teams.RunAsync("Sync-CsOnlineApplicationInstance", ("ObjectId", instance), ("ApplicationId", Applications.Germany1));
        await teams.RunAsync("New-CsTeamsComplianceRecordingApplication", ("Identity", $"Tag:{Policy}/{instance}"));
    }

    [Theory]
    [InlineData("luwarerecording-mtch-1@elsewhere.example")]
    [InlineData("luwarerecording mtch 1@contoso.com")]
    [InlineData("luwarerecording-mtch-1")]
    public async Task An_instance_needs_a_valid_name_on_a_managed_domain_of_the_tenant(string userPrincipalName)
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var teams = await ConnectAsync(anna);

        (await teams.RefusedAsync("New-CsOnlineApplicationInstance", ("UserPrincipalName", userPrincipalName))).Category.ShouldBe("InvalidArgument");

        Tenants.Contoso.Instances.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_teams_administrator_makes_policies_but_no_instances()
    {
        await ConsentForEverybodyAsync();
        using var reto = Person(Tenants.Contoso, "Reto Baumann");
        var teams = await ConnectAsync(reto);

        (await teams.RefusedAsync("New-CsOnlineApplicationInstance", ("UserPrincipalName", "luwarerecording-mtch-1@contoso.com")))
            .ShouldBe(("PermissionDenied", "Access Denied."));
        await teams.RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy));
    }

    [Fact]
    public async Task A_role_that_was_activated_later_counts_after_connecting_again()
    {
        await ConsentForEverybodyAsync();
        using var marco = Person(Tenants.Contoso, "Marco Bernasconi");
        var before = await ConnectAsync(marco);
        Tenants.Contoso.SetRoles(marco.Person.Id, Roles.GlobalAdministrator);

        (await before.RefusedAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy))).Category.ShouldBe("PermissionDenied");
        await (await ConnectAsync(marco)).RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy));
    }

    [Fact]
    public async Task A_parameter_that_the_cmdlet_does_not_have_is_refused_as_PowerShell_does()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var teams = await ConnectAsync(anna);

        (await teams.RefusedAsync("Get-CsTenant", ("TenantId", "x"))).Message.ShouldBe("A parameter cannot be found that matches parameter name 'TenantId'.");
        (await teams.RefusedAsync("New-CsGroupPolicyAssignment", ("groupid", "x"))).Message.ShouldContain("PolicyType");
        (await teams.RefusedAsync("Remove-CsEverything")).Message.ShouldContain("is not recognized as a name of a cmdlet");
        (await teams.RefusedAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy), ("Enabled", "yes"))).Message.ShouldContain("System.Boolean");
    }

    [Fact]
    public async Task Nothing_can_be_granted_to_the_whole_tenant()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);

        await teams.RefusedAsync("Grant-CsTeamsComplianceRecordingPolicy", ("PolicyName", Policy));
        await teams.RefusedAsync("Grant-CsTeamsComplianceRecordingPolicy", ("PolicyName", Policy), ("Global", true));

        Tenants.Northwind.Writes.ShouldNotContain(w => w.What.StartsWith("Grant", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_direct_grant_wins_over_the_group_until_it_is_taken_back()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var group = Tenants.Northwind.Groups[0];
        var person = group.Members[0];
        await teams.RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", "othervendor"));
        await teams.RunAsync("New-CsGroupPolicyAssignment", ("GroupId", group.Id), ("PolicyType", PolicyType), ("PolicyName", Policy));
        await teams.RunAsync("Grant-CsTeamsComplianceRecordingPolicy", ("Identity", person), ("PolicyName", "othervendor"));

        var direct = await EffectiveAsync(teams, person);
        await teams.RunAsync("Grant-CsTeamsComplianceRecordingPolicy", ("Identity", person), ("PolicyName", null));
        var byGroup = await EffectiveAsync(teams, person);

        direct.ShouldBe("othervendor");
        byGroup.ShouldBe(Policy);
    }

    [Fact]
    public async Task Whoever_has_a_policy_directly_is_listed_by_its_name_and_by_no_name_that_no_policy_has()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var person = Tenants.Northwind.Groups[0].Members[0];
        await teams.RunAsync("Grant-CsTeamsComplianceRecordingPolicy", ("Identity", person), ("PolicyName", Policy));

        (await teams.RunAsync("Get-CsOnlineUser", ("Filter", $"{PolicyType} -eq '{Policy}'"))).ShouldHaveSingleItem().GetProperty("Identity").GetGuid()
            .ShouldBe(person);
        (await teams.RefusedAsync("Get-CsOnlineUser", ("Filter", $"{PolicyType} -eq 'Luware Recording MTCH 1'"))).Category.ShouldBe("ObjectNotFound");
    }

    [Fact]
    public async Task An_assignment_is_listed_at_once_and_in_effect_only_later()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var group = Tenants.Northwind.Groups[0];
        World.Faults.EffectiveDelay = TimeSpan.FromHours(1);

        await teams.RunAsync("New-CsGroupPolicyAssignment", ("GroupId", group.Id), ("PolicyType", PolicyType), ("PolicyName", Policy));

        (await teams.RunAsync("Get-CsGroupPolicyAssignment", ("GroupId", group.Id))).ShouldHaveSingleItem();
        (await EffectiveAsync(teams, group.Members[0])).ShouldBeNull();
        World.Faults.EffectiveDelay = TimeSpan.Zero;
        (await EffectiveAsync(teams, group.Members[0])).ShouldBe(Policy);
    }

    [Fact]
    public async Task An_assignment_that_was_taken_back_before_it_reached_anybody_never_is_in_effect()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var group = Tenants.Northwind.Groups[0];
        World.Faults.EffectiveDelay = TimeSpan.FromHours(1);

        await teams.RunAsync("New-CsGroupPolicyAssignment", ("GroupId", group.Id), ("PolicyType", PolicyType), ("PolicyName", Policy));
        await teams.RunAsync("Remove-CsGroupPolicyAssignment", ("GroupId", group.Id), ("PolicyType", PolicyType));

        (await EffectiveAsync(teams, group.Members[0])).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_joins_a_granted_group_has_its_policy_only_later()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var group = Tenants.Northwind.Groups[0];
        Tenants.Northwind.GroupAssignments = [new GroupAssignment(group.Id, Policy, 1, default, default)];
        Tenants.Northwind.Groups = Tenants.Northwind.Groups.Replace(group, group with
        {
            Members = group.Members.Add(stefan.Person.Id), Joined = group.Joined.SetItem(stefan.Person.Id, DateTimeOffset.UtcNow),
        });
        World.Faults.EffectiveDelay = TimeSpan.FromHours(1);

        (await EffectiveAsync(teams, stefan.Person.Id)).ShouldBeNull();
        (await EffectiveAsync(teams, group.Members[0])).ShouldBe(Policy);
    }

    [Fact]
    public async Task A_changed_link_is_listed_as_it_was_for_a_while()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var link = $"Tag:{Policy}/{Tenants.Northwind.Instances.Single().ObjectId}";
        var before = await FlagAsync();
        World.Faults.VisibilityDelay = TimeSpan.FromHours(1);

        await teams.RunAsync("Set-CsTeamsComplianceRecordingApplication", ("Identity", link), ("RequiredDuringCall", !before));

        (await FlagAsync()).ShouldBe(before);
        World.Faults.VisibilityDelay = TimeSpan.Zero;
        (await FlagAsync()).ShouldBe(!before);

        async Task<bool> FlagAsync() =>
            (await teams.RunAsync("Get-CsTeamsComplianceRecordingApplication", ("Identity", link))).Single().GetProperty("RequiredDuringCall").GetBoolean();
    }

    [Fact]
    public async Task A_new_link_is_listed_only_later()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        await teams.RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", "second"));
        World.Faults.VisibilityDelay = TimeSpan.FromHours(1);

        await teams.RunAsync("New-CsTeamsComplianceRecordingApplication", ("Identity", $"Tag:second/{Tenants.Northwind.Instances.Single().ObjectId}"));

        (await LinksAsync()).ShouldBe(1);
        World.Faults.VisibilityDelay = TimeSpan.Zero;
        (await LinksAsync()).ShouldBe(2);

        async Task<int> LinksAsync() => (await teams.RunAsync("Get-CsTeamsComplianceRecordingApplication")).Count;
    }

    [Fact]
    public async Task A_direct_grant_is_listed_late_and_stays_in_effect_for_a_while_after_it_was_taken_back()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var person = Tenants.Northwind.Groups[0].Members[0];
        World.Faults.VisibilityDelay = TimeSpan.FromHours(1);
        await teams.RunAsync("Grant-CsTeamsComplianceRecordingPolicy", ("Identity", person), ("PolicyName", Policy));
        var early = await HoldersAsync();
        World.Faults.VisibilityDelay = TimeSpan.Zero;
        var late = await HoldersAsync();
        World.Faults.EffectiveDelay = TimeSpan.FromHours(1);
        (await EffectiveAsync(teams, person)).ShouldBeNull();
        World.Faults.EffectiveDelay = TimeSpan.Zero;
        var inEffect = await EffectiveAsync(teams, person);
        await teams.RunAsync("Grant-CsTeamsComplianceRecordingPolicy", ("Identity", person), ("PolicyName", null));
        World.Faults.EffectiveDelay = TimeSpan.FromHours(1);
        var lingering = await EffectiveAsync(teams, person);
        World.Faults.EffectiveDelay = TimeSpan.Zero;
        var over = await EffectiveAsync(teams, person);

        (early, late, inEffect, lingering, over).ShouldBe((0, 1, Policy, Policy, null));

        async Task<int> HoldersAsync() => (await teams.RunAsync("Get-CsOnlineUser", ("Filter", $"{PolicyType} -eq '{Policy}'"))).Count;
    }

    [Fact]
    public async Task Ranks_have_no_gaps()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var groups = Tenants.Northwind.Groups.Take(3).Select(g => g.Id).ToList();
        foreach (var group in groups)
            await teams.RunAsync("New-CsGroupPolicyAssignment", ("GroupId", group), ("PolicyType", PolicyType), ("PolicyName", Policy), ("Rank", 1));

        await teams.RunAsync("Remove-CsGroupPolicyAssignment", ("GroupId", groups[1]), ("PolicyType", PolicyType));

        (await teams.RunAsync("Get-CsGroupPolicyAssignment", ("PolicyType", PolicyType)))
            .Select(a => (a.GetProperty("GroupId").GetGuid(), a.GetProperty("Rank").GetInt32()))
            .ShouldBe([(groups[2], 1), (groups[0], 2)]);
    }

    [Fact]
    public async Task A_policy_goes_only_when_nobody_has_it_any_more_and_its_application_alone_can_go_before()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var group = Tenants.Northwind.Groups[0].Id;
        var link = $"Tag:{Policy}/{Tenants.Northwind.Instances.Single().ObjectId}";
        await teams.RunAsync("New-CsGroupPolicyAssignment", ("GroupId", group), ("PolicyType", PolicyType), ("PolicyName", Policy));

        (await teams.RefusedAsync("Remove-CsTeamsComplianceRecordingPolicy", ("Identity", Policy))).Message.ShouldContain("currently assigned");
        await teams.RunAsync("Remove-CsGroupPolicyAssignment", ("GroupId", group), ("PolicyType", PolicyType));
        await teams.RunAsync("Remove-CsTeamsComplianceRecordingApplication", ("Identity", link));
        Tenants.Northwind.FindPolicy(Policy)!.Applications.ShouldBeEmpty();
        (await teams.RefusedAsync("Remove-CsTeamsComplianceRecordingApplication", ("Identity", link))).Category.ShouldBe("ObjectNotFound");
        await teams.RunAsync("Remove-CsTeamsComplianceRecordingPolicy", ("Identity", $"Tag:{Policy}"));
        Tenants.Northwind.Policies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tokens_of_two_people_or_of_very_different_ages_do_not_connect()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        using var reto = Person(Tenants.Contoso, "Reto Baumann");
        var graph = await anna.SignInAsync(["User.Read", MsalPerson.TeamsScope], ["User.Read"]);
        var teams = await anna.SilentAsync(graph.Account, force: false, MsalPerson.TeamsScope);
        var other = await reto.SignInAsync("User.Read");
        World.Faults.AccessTokenLifetime = TimeSpan.FromHours(24);
        var longLived = await anna.SilentAsync(graph.Account, force: true, "User.Read");

        var stranger = await PostAsync("/teams/connect", new { graphToken = other.AccessToken, teamsToken = teams.AccessToken });
        var apart = await PostAsync("/teams/connect", new { graphToken = longLived.AccessToken, teamsToken = teams.AccessToken });
        var swapped = await PostAsync("/teams/connect", new { graphToken = teams.AccessToken, teamsToken = graph.AccessToken });

        stranger.Status.ShouldBe(401);
        apart.Body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("less than 5400 seconds");
        swapped.Status.ShouldBe(401);
    }

    [Fact]
    public async Task Busy_wrong_tenant_and_lost_workers_can_be_asked_for()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var teams = await ConnectAsync(anna);
        World.Faults.BusyTeams(1);
        World.Faults.TeamsAnswersFor = Tenants.Tailspin.Id;
        World.Faults.LoseWorker("New-CsTeamsComplianceRecordingPolicy", WorkerFaultKind.Crash, afterEffect: true);

        (await teams.RefusedAsync("Get-CsTenant")).Message.ShouldStartWith("Service is too busy");
        (await teams.RunAsync("Get-CsTenant"))[0].GetProperty("TenantId").GetGuid().ShouldBe(Tenants.Tailspin.Id);
        await Should.ThrowAsync<HttpRequestException>(() => teams.RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy)));
        Tenants.Contoso.FindPolicy(Policy).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_policy_of_the_whole_tenant_can_be_changed_and_linked_and_is_granted_to_nobody()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        var teams = await ConnectAsync(stefan);
        var link = $"Global/{Tenants.Northwind.Instances.Single().ObjectId}";

        await teams.RunAsync("Set-CsTeamsComplianceRecordingPolicy", ("Identity", "global"), ("Enabled", true));
        await teams.RunAsync("New-CsTeamsComplianceRecordingApplication", ("Identity", link));

        var global = (await teams.RunAsync("Get-CsTeamsComplianceRecordingPolicy"))[0];
        (global.GetProperty("Identity").GetString(), global.GetProperty("Enabled").GetBoolean()).ShouldBe(("Global", true));
        (await teams.RunAsync("Get-CsTeamsComplianceRecordingApplication"))[0].GetProperty("Identity").GetString().ShouldBe(link);
        (await teams.RefusedAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", "Global"))).Category.ShouldBe("ResourceExists");
        var group = Tenants.Northwind.Groups[0].Id;
        (await teams.RefusedAsync("New-CsGroupPolicyAssignment", ("GroupId", group), ("PolicyType", PolicyType), ("PolicyName", "Global")))
            .Category.ShouldBe("ObjectNotFound");
    }

    [Fact]
    public async Task Hostile_values_are_kept_as_they_are()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var teams = await ConnectAsync(anna);
        const string hostile = "O'Brien ‘x’ \u201Ay\u201B $(Get-Date) `n \"quoted\"\n🎙";

        await teams.RunAsync("New-CsTeamsComplianceRecordingPolicy", ("Identity", Policy), ("Description", hostile));

        Tenants.Contoso.FindPolicy(Policy)!.Description.ShouldBe(hostile);
    }

    /// <summary>People without an administrator's role cannot consent to the Teams API themselves.</summary>
    private async Task ConsentForEverybodyAsync()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var picker = await anna.Browser.OpenAsync(anna.AuthorizeAddress([MsalPerson.TeamsScope], "verifier"));
        var consent = await anna.Browser.PressAsync(picker, "person", anna.Person.Id.ToString());
        var back = await anna.Browser.PressAsync(consent, "decision", "accept", ("everybody", "on"));
        back["code"].ShouldNotBeNull();
    }

    private static async Task<string> NewInstanceAsync(TeamsSession teams, string userPrincipalName, Guid application)
    {
        var made = await teams.RunAsync("New-CsOnlineApplicationInstance",
            ("UserPrincipalName", userPrincipalName), ("DisplayName", "Luware Recording"), ("ApplicationId", application));
        return made.ShouldHaveSingleItem().GetProperty("ObjectId").GetString()!;
    }

    private static async Task<string?> EffectiveAsync(TeamsSession teams, Guid person)
    {
        var found = await teams.RunAsync("Get-CsUserPolicyAssignment", ("Identity", person), ("PolicyType", PolicyType));
        return found is [var only] ? only.GetProperty("PolicyName").GetString() : null;
    }
}
