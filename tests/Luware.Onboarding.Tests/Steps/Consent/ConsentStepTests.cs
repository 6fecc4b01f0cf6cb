using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Consent;

namespace Luware.Onboarding.Tests.Steps.Consent;

public sealed class ConsentStepTests
{
    private readonly StepWorld world = new(StepWorld.Switzerland);

    private Guid ApplicationId => world.Region.Applications[0].ApplicationId;

    [Fact]
    public async Task An_application_that_is_unknown_in_the_tenant_is_missing_and_shows_the_link_without_a_state()
    {
        var plan = await world.PlanAsync(world.Consent);

        var planned = plan.Objects.ShouldHaveSingleItem();
        planned.State.ShouldBe(ObjectState.Missing);
        planned.Action!.Key.ShouldBe("accept/1");
        planned.Action.Roles.ShouldBe([DirectoryRoles.GlobalAdministrator, DirectoryRoles.PrivilegedRoleAdministrator]);
        planned.Action.Impact.People.ShouldBe(0);
        planned.Detail.ShouldBe($"https://login.microsoftonline.com/{world.Context.Tenant.EntraTenantId}/adminconsent?client_id={ApplicationId}");
        planned.Detail.ShouldNotContain("state=");
        planned.Permissions.Count.ShouldBe(9);
    }

    [Fact]
    public async Task An_application_that_only_assigned_people_may_sign_in_to_is_said_and_holds_nothing()
    {
        world.Directory.Consent(ApplicationId);
        (await world.PlanAsync(world.Consent)).Objects.ShouldHaveSingleItem();

        world.Directory.Principals[ApplicationId] = world.Directory.Principals[ApplicationId] with { NeedsAssignment = true };
        var plan = await world.PlanAsync(world.Consent);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Objects[1].ShouldSatisfyAllConditions(
            o => (o.Key, o.What.Key, o.IsAside).ShouldBe(("assignment/1", "Consent.Assignment.Needed", true)),
            o => o.Notes.Single().Key.ShouldBe("Consent.Assignment.Remedy"),
            o => o.Detail.ShouldEndWith("appRoleAssignmentRequired true"));
    }

    [Fact]
    public async Task Germany_asks_for_both_applications()
    {
        var germany = new StepWorld(StepWorld.Germany);

        var plan = await germany.PlanAsync(germany.Consent);

        plan.Actions.Select(a => a.Key).ShouldBe(["accept/1", "accept/2"]);
        plan.Why.Key.ShouldBe("Consent.WhyTwice");

        germany.Directory.Consent(germany.Region.Applications[0].ApplicationId);
        (await germany.PlanAsync(germany.Consent)).Why.Key.ShouldBe("Consent.WhyOnce");
    }

    [Fact]
    public async Task Consent_that_was_given_by_hand_is_recognised()
    {
        world.Directory.Consent(ApplicationId);

        var plan = await world.PlanAsync(world.Consent);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Actions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-00000000000f", false)]
    [InlineData(null, false)]
    [InlineData("99999999-9999-4999-8999-999999999999", true)]
    public async Task A_consent_to_an_application_of_another_organization_counts_for_nothing_and_waits_for_Luware(string? owner, bool isFound)
    {
        world.Own.RecorderPublishers = [Guid.Parse("99999999-9999-4999-8999-999999999999")];
        world.Directory.Principals[ApplicationId] = world.Directory.Consent(ApplicationId) with { Owner = owner is null ? null : Guid.Parse(owner) };

        var plan = await world.PlanAsync(world.Consent);

        plan.IsFulfilled.ShouldBe(isFound);
        if (isFound)
            return;
        var planned = plan.Objects.Single();
        (planned.State, planned.What.Key, planned.Action!.Title.Key, planned.Action.Page)
            .ShouldBe((ObjectState.Different, "Consent.Foreign", "Consent.CheckId", null));
        planned.Permissions.ShouldAllBe(p => p.State == ObjectState.Different);
        var waiting = (await world.ApplyAsync(world.Consent, planned.Action)).ShouldBeOfType<StepOutcome.Waiting>();
        (waiting.On, waiting.For.Key, waiting.Link).ShouldBe((WaitsFor.Luware, "Consent.WaitForId", null));
    }

    [Fact]
    public async Task An_application_id_of_the_tenants_own_is_said_before_anybody_consents()
    {
        world.Region = world.Region with { Applications = [world.Region.Applications[0] with { IsTenantsOwn = true }] };

        var note = (await world.PlanAsync(world.Consent)).Objects.Single().Notes.ShouldHaveSingleItem();

        (note.Key, note.Arguments[0]).ShouldBe(("Consent.OwnId", $"{ApplicationId}"));
    }

    [Theory]
    [InlineData(6, true, ObjectState.Different, "Consent.Partial")]
    [InlineData(8, false, ObjectState.Different, "Consent.Partial")]
    [InlineData(0, false, ObjectState.Missing, "Consent.NoneGranted")]
    public async Task An_enterprise_application_alone_proves_nothing(int roles, bool signIn, ObjectState state, string what)
    {
        world.Directory.Consent(ApplicationId, roles, signIn);

        var planned = (await world.PlanAsync(world.Consent)).Objects.Single();

        planned.State.ShouldBe(state);
        planned.What.Key.ShouldBe(what);
        planned.Action!.Key.ShouldBe("accept/1");
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        world.Directory.Consent(ApplicationId, roles: 7);

        (await world.PlanAsync(world.Consent)).Objects.Single().What.Arguments.ShouldBe(["8", "9", "User.Read.All"]);
    }

    [Fact]
    public async Task Permissions_are_compared_by_id_so_other_roles_do_not_help()
    {
        world.Directory.Principals[ApplicationId] = new ServicePrincipal(
            Guid.NewGuid(), ApplicationId, "Luware", Enabled: true, [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())], ["User.Read"]);

        (await world.PlanAsync(world.Consent)).IsFulfilled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_switched_off_application_is_different_and_waits_for_the_customer()
    {
        world.Directory.Consent(ApplicationId, enabled: false);
        var planned = (await world.PlanAsync(world.Consent)).Objects.Single();
        planned.State.ShouldBe(ObjectState.Different);
        planned.What.Key.ShouldBe("Consent.Disabled");

        var waiting = (await world.ApplyAsync(world.Consent, planned.Action!)).ShouldBeOfType<StepOutcome.Waiting>();

        waiting.On.ShouldBe(WaitsFor.Customer);
        waiting.Link!.Host.ShouldBe("entra.microsoft.com");
    }

    [Fact]
    public async Task Accepting_waits_for_the_customer_with_the_portals_link_and_looks_again()
    {
        var action = (await world.PlanAsync(world.Consent)).Actions.Single();

        var waiting = (await world.ApplyAsync(world.Consent, action)).ShouldBeOfType<StepOutcome.Waiting>();

        waiting.On.ShouldBe(WaitsFor.Customer);
        waiting.Link.ShouldBe(new Uri("/consent/go/1", UriKind.Relative));
        waiting.PollAfter.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Roles_missing_right_after_the_application_appeared_wait_for_Microsoft_and_for_the_customer_when_it_takes_too_long()
    {
        var action = (await world.PlanAsync(world.Consent)).Actions.Single();
        world.Directory.Consent(ApplicationId, roles: 5);
        await world.PlanAsync(world.Consent);

        var waiting = (await world.ApplyAsync(world.Consent, action)).ShouldBeOfType<StepOutcome.Waiting>();
        (waiting.On, waiting.PollAfter).ShouldBe((WaitsFor.Microsoft, null));
        world.Time.Advance(TimeSpan.FromMinutes(11));
        await world.PlanAsync(world.Consent);
        (await world.ApplyAsync(world.Consent, action)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
    }

    [Fact]
    public async Task A_partial_consent_from_before_says_what_is_missing_and_that_accepting_once_more_grants_it()
    {
        world.Directory.Consent(ApplicationId, roles: 6);
        var planned = (await world.PlanAsync(world.Consent)).Objects.Single();
        planned.Notes.ShouldHaveSingleItem().Key.ShouldBe("Consent.AcceptAgain");

        var waiting = (await world.ApplyAsync(world.Consent, planned.Action!)).ShouldBeOfType<StepOutcome.Waiting>();

        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Customer, "Consent.WaitForRest"));
        waiting.For.Arguments[1].ShouldBe("GroupMember.Read.All, User.Read.All");
    }

    [Theory]
    [InlineData(-1, "Consent.WaitForApplication")]
    [InlineData(0, "Consent.WaitForMicrosoft")]
    [InlineData(6, "Consent.WaitForMicrosoft")]
    public async Task Whoever_has_come_back_from_Microsofts_page_is_not_asked_again_for_ten_minutes(int roles, string words)
    {
        if (roles >= 0)
            world.Directory.Consent(ApplicationId, roles, signIn: false);
        var action = (await world.PlanAsync(world.Consent)).Actions.Single();
        (await world.ApplyAsync(world.Consent, action)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
        world.Return(action);

        var waiting = (await world.ApplyAsync(world.Consent, action)).ShouldBeOfType<StepOutcome.Waiting>();
        (waiting.On, waiting.For.Key, waiting.PollAfter).ShouldBe((WaitsFor.Microsoft, words, null));

        world.Time.Advance(TimeSpan.FromMinutes(11));
        (await world.ApplyAsync(world.Consent, action)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
    }

    [Theory]
    [InlineData(8, true, true, "Consent.Permission.Granted", "Consent.Permission.Granted")]
    [InlineData(7, true, true, "Consent.Permission.Granted", "Consent.Permission.Missing")]
    [InlineData(7, true, false, "Consent.Permission.Disabled", "Consent.Permission.Missing")]
    public async Task Each_permission_says_what_it_is_for_and_whether_it_is_granted_missing_or_switched_off(
        int roles, bool signIn, bool enabled, string first, string eighth)
    {
        world.Directory.Consent(ApplicationId, roles, signIn, enabled);

        var permissions = (await world.PlanAsync(world.Consent)).Objects.Single().Permissions;

        permissions.Select(p => p.Name).ShouldBe(RequiredPermissions.Recording.All.Select(p => p.Name));
        (permissions[0].Reading.Key, permissions[7].Reading.Key).ShouldBe((first, eighth));
        StepTextsTests.ShouldBeSayable(permissions.SelectMany(p => new[] { p.For, p.Reading }));
    }

    [Fact]
    public async Task An_application_that_leads_to_Luwares_website_is_found_by_looking_again()
    {
        var elsewhere = new StepWorld(StepWorld.Switzerland with
        {
            Applications = [StepWorld.Switzerland.Applications[0] with { ConsentRedirect = new Uri("https://luware.com") }],
        });
        var action = (await elsewhere.PlanAsync(elsewhere.Consent)).Actions.Single();

        var waiting = (await elsewhere.ApplyAsync(elsewhere.Consent, action)).ShouldBeOfType<StepOutcome.Waiting>();

        (waiting.For.Key, waiting.PollAfter).ShouldBe(("Consent.WaitForAcceptElsewhere", TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Applying_after_the_consent_arrived_is_done()
    {
        var action = (await world.PlanAsync(world.Consent)).Actions.Single();
        world.Directory.Consent(ApplicationId);

        (await world.ApplyAsync(world.Consent, action)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task One_approval_covers_the_action_whatever_is_missing()
    {
        var before = (await world.PlanAsync(world.Consent)).Actions.Single().Essence;
        world.Directory.Consent(ApplicationId, roles: 3, enabled: false);

        (await world.PlanAsync(world.Consent)).Actions.Single().Essence.ShouldBe(before);
    }

    [Fact]
    public void A_directory_that_may_not_be_read_is_explained_and_the_rest_left_to_the_engine()
    {
        world.Consent.Explain(new RemoteAnswer("Graph", "Authorization_RequestDenied", "403", "Insufficient privileges to complete the operation.", null))
            .ShouldBeOfType<EnterpriseApplicationsNotReadable>();
        world.Consent.Explain(new RemoteAnswer("Graph", "Request_BadRequest", "400", "Bad request.", null)).ShouldBeNull();
    }
}
