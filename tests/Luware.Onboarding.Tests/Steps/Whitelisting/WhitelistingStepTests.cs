using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Whitelisting;

public sealed class WhitelistingStepTests
{
    private readonly StepWorld world = new(StepWorld.Switzerland);

    private Guid ApplicationId => world.Region.Applications[0].ApplicationId;

    [Fact]
    public async Task A_missing_instance_is_made_with_exactly_the_articles_command()
    {
        var action = (await world.PlanAsync(world.Whitelisting)).Actions.Single();

        action.Command!.ToPowerShell().ShouldBe(
            $"New-CsOnlineApplicationInstance -UserPrincipalName 'luwarerecording-mtch-1@contoso.com' -DisplayName 'Luware Recording MTCH 1' -ApplicationId '{ApplicationId}'");
        action.Roles.ShouldBe([DirectoryRoles.GlobalAdministrator, DirectoryRoles.UserAdministrator]);
        action.Impact.People.ShouldBe(0);
    }

    [Fact]
    public async Task An_existing_instance_is_adopted_and_its_object_id_kept()
    {
        var instance = world.Teams.AddInstance("LuwareRecording-mtch-1@contoso.com", ApplicationId);

        var plan = await world.PlanAsync(world.Whitelisting);

        plan.IsFulfilled.ShouldBeTrue();
        plan.Outputs[WhitelistingStep.ObjectIdKey(1)].ShouldBe(instance.ObjectId.ToString());
    }

    [Fact]
    public async Task An_instance_of_the_application_under_another_name_is_adopted()
    {
        var instance = world.Teams.AddInstance("recorder@contoso.onmicrosoft.com", ApplicationId);

        var planned = (await world.PlanAsync(world.Whitelisting)).Objects.Single();

        planned.State.ShouldBe(ObjectState.Found);
        planned.Name.ShouldBe(instance.UserPrincipalName);
        planned.What.Key.ShouldBe("Whitelisting.Adopted");
    }

    [Fact]
    public async Task Of_several_instances_the_one_with_the_wanted_name_is_taken()
    {
        world.Teams.AddInstance("a-recorder@contoso.com", ApplicationId);
        var wanted = world.Teams.AddInstance("luwarerecording-mtch-1@contoso.com", ApplicationId);

        (await world.PlanAsync(world.Whitelisting)).Outputs[WhitelistingStep.ObjectIdKey(1)].ShouldBe(wanted.ObjectId.ToString());
    }

    [Fact]
    public async Task The_managed_default_domain_is_recommended_and_all_verified_ones_are_offered()
    {
        var plan = await world.PlanAsync(world.Whitelisting);

        plan.Choice.Arguments.ShouldBe(["contoso.com"]);
        plan.Options[WhitelistingStep.DomainOption].Select(o => o.Value).ShouldBe(["contoso.com", "contoso.onmicrosoft.com"]);
    }

    [Fact]
    public async Task A_federated_default_domain_gives_way_to_the_initial_one()
    {
        world.Directory.Domains[1] = world.Directory.Domains[1] with { IsManaged = false };

        (await world.PlanAsync(world.Whitelisting)).Choice.Arguments.ShouldBe(["contoso.onmicrosoft.com"]);
    }

    [Fact]
    public async Task A_chosen_federated_domain_is_used_with_a_warning()
    {
        world.Directory.Domains.Add(new VerifiedDomain("corp.contoso.com", IsDefault: false, IsInitial: false, IsManaged: false));
        world.Choices = world.Choices.With("whitelisting", new WhitelistingChoice("corp.contoso.com"));

        var plan = await world.PlanAsync(world.Whitelisting);

        plan.Why.Key.ShouldBe("Whitelisting.WhyFederated");
        plan.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_domain_that_is_no_longer_verified_is_a_question()
    {
        world.Choices = world.Choices.With("whitelisting", new WhitelistingChoice("gone.example"));

        (await world.PlanAsync(world.Whitelisting)).Questions.Single().Key.ShouldBe("Whitelisting.DomainGone");
    }

    [Fact]
    public async Task An_instance_that_is_there_needs_no_domain_any_more()
    {
        world.Choices = world.Choices.With("whitelisting", new WhitelistingChoice("gone.example"));
        world.Teams.AddInstance("luwarerecording-mtch-1@gone.example", ApplicationId);

        (await world.PlanAsync(world.Whitelisting)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_federated_domain_is_offered_last_with_what_may_come_of_it()
    {
        world.Directory.Domains.Insert(0, new VerifiedDomain("corp.contoso.com", IsDefault: false, IsInitial: false, IsManaged: false));

        var options = (await world.PlanAsync(world.Whitelisting)).Options[WhitelistingStep.DomainOption];

        options.Select(o => (o.Value, o.Note?.Key))
            .ShouldBe([("contoso.com", null), ("contoso.onmicrosoft.com", null), ("corp.contoso.com", "Whitelisting.Choices.Federated")]);
    }

    [Fact]
    public async Task Applying_twice_makes_one_instance()
    {
        var action = (await world.PlanAsync(world.Whitelisting)).Actions.Single();

        (await world.ApplyAsync(world.Whitelisting, action)).ShouldBeOfType<StepOutcome.Done>();
        (await world.ApplyAsync(world.Whitelisting, action)).ShouldBeOfType<StepOutcome.Done>();

        world.Teams.Instances.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_was_taken_by_somebody_else_in_the_meantime_is_refused_with_what_to_do()
    {
        var action = (await world.PlanAsync(world.Whitelisting)).Actions.Single();
        world.Teams.AddInstance("luwarerecording-mtch-1@contoso.com", Guid.NewGuid());

        var refused = (await world.ApplyAsync(world.Whitelisting, action)).ShouldBeOfType<StepOutcome.Refused>();

        refused.Refusal.ShouldBeOfType<UserPrincipalNameTaken>();
        refused.Answer!.CorrelationId.ShouldBe("correlation");
    }

    [Fact]
    public async Task Other_refusals_are_left_to_the_engine()
    {
        var action = (await world.PlanAsync(world.Whitelisting)).Actions.Single();
        world.Teams.Answers["New-CsOnlineApplicationInstance"] = FakeTeams.Refusal("PermissionDenied", "Access Denied.");

        await Should.ThrowAsync<RefusedException>(() => world.ApplyAsync(world.Whitelisting, action));
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_planned()
    {
        world.Teams.Answers["Get-CsOnlineApplicationInstance"] = new TransientException("Service is too busy");

        await Should.ThrowAsync<TransientException>(() => world.PlanAsync(world.Whitelisting));
    }

    [Theory]
    [InlineData("PermissionDenied", "Access Denied.", typeof(AccountsNotAllowed))]
    [InlineData("ObjectNotFound", "The term 'New-CsOnlineApplicationInstance' is not recognized as a name of a cmdlet.", typeof(AccountsNotAllowed))]
    [InlineData("InvalidArgument", "The domain portion of the userPrincipalName property is invalid.", typeof(DomainNotAccepted))]
    [InlineData("ResourceExists", "Another object with the same value for property userPrincipalName already exists.", typeof(UserPrincipalNameTaken))]
    public void Expected_answers_are_explained(string category, string message, Type refusal) =>
        world.Whitelisting.Explain(FakeTeams.Refusal(category, message).Answer!).ShouldBeOfType(refusal);
}
