using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <summary>The kinds of people to whom an event is offered.</summary>
[Flags]
internal enum Crew
{
    None = 0,

    /// <summary>People who may work on every step, by a role or an invitation.</summary>
    Worker = 1,

    /// <summary>The colleague to whom the steps were handed.</summary>
    Colleague = 2,

    /// <summary>People who decide, for whom the directory is asked at that moment.</summary>
    Decider = 4,

    Specialist = 8,
    Administrator = 16,
}

/// <summary>A person who had every right when the page was opened and has lost it by the time of the click.</summary>
/// <param name="LoseAsync">Takes the right away without the page noticing before the click, unless that is what is tested.</param>
internal sealed record Loss(string Who, Crew Of, Func<Stage, Task<Actor>> ComeAsync, Func<Stage, Actor, Task> LoseAsync)
{
    /// <summary>True if the page was told before the click, so it need not ask.</summary>
    public bool IsKnown { get; init; }

    /// <summary>True for people who still belong to the customer: they may make a run check again, which changes nothing.</summary>
    public bool IsMember { get; init; }

    public static IReadOnlyList<Loss> All { get; } =
    [
        new("the customer's administrator, whose session has ended", Crew.Worker, AdministratorAsync, SignOutAsync),
        new("the customer's administrator, whose session is another tenant's by now", Crew.Worker, AdministratorAsync, SwapAsync),
        new("the customer's administrator, whose lost role was noticed", Crew.Worker, AdministratorAsync, NoticeAsync) { IsKnown = true },
        new("the customer's administrator, whose role the directory takes back", Crew.Decider, AdministratorAsync, TakeRoleAsync) { IsMember = true },
        new("somebody who was invited, whose session has ended", Crew.Worker, InvitedAsync, SignOutAsync),
        new("somebody who was invited, whose invitation is revoked", Crew.Worker, InvitedAsync, RevokeAsync) { IsMember = true },
        new("a colleague, whose session has ended", Crew.Colleague, ColleagueAsync, SignOutAsync),
        new("a colleague, whose session is another tenant's by now", Crew.Colleague, ColleagueAsync, SwapAsync),
        new("a colleague, from whom the steps are taken back", Crew.Colleague, ColleagueAsync, TakeBackAsync) { IsMember = true },
        new("a colleague, whose time is over", Crew.Colleague, ColleagueAsync, ExpireAsync) { IsMember = true },
        new("a specialist, whose session has ended", Crew.Specialist, SpecialistAsync, SignOutAsync),
        new("a specialist, whose session is a customer's by now", Crew.Specialist, SpecialistAsync, SwapAsync),
        new("a specialist, whose lost app role was noticed", Crew.Specialist, SpecialistAsync, NoticeAsync) { IsKnown = true },
        new("who administers the portal, whose session has ended", Crew.Administrator, PortalAdministratorAsync, SignOutAsync),
        new("who administers the portal, whose session is a customer's by now", Crew.Administrator, PortalAdministratorAsync, SwapAsync),
        new("who administers the portal, whose lost app role was noticed", Crew.Administrator, PortalAdministratorAsync, NoticeAsync) { IsKnown = true },
    ];

    private static Task<Actor> AdministratorAsync(Stage stage) => EnterAsync(stage, EngineHost.Person("Ada"));

    private static Task<Actor> SpecialistAsync(Stage stage) =>
        EnterAsync(stage, EngineHost.Specialist("Marco"));

    private static Task<Actor> PortalAdministratorAsync(Stage stage) =>
        EnterAsync(stage, EngineHost.Person("Sofia", EngineHost.Luware, roles: Guid.NewGuid()) with { AppRoles = [Staff.PortalAdministrator] });

    private static async Task<Actor> InvitedAsync(Stage stage)
    {
        var guest = await EnterAsync(stage, EngineHost.Person("Ivo", roles: Guid.NewGuid()));
        await stage.InviteAsync(guest);
        return guest;
    }

    private static async Task<Actor> ColleagueAsync(Stage stage)
    {
        var colleague = await EnterAsync(stage, EngineHost.Person("Cara") with { IsByLink = true });
        await stage.HandAsync("first", colleague);
        await stage.HandAsync(stage.World.Aside.Name, colleague);
        return colleague;
    }

    private static async Task<Actor> EnterAsync(Stage stage, Actor actor)
    {
        await stage.Portal.SignInAsync(actor);
        return actor;
    }

    private static Task SignOutAsync(Stage stage, Actor actor) => stage.Portal.SignOutAsync(actor);

    private static async Task SwapAsync(Stage stage, Actor actor)
    {
        await stage.Portal.SignOutAsync(actor);
        var theirs = new SessionTicket(actor.Access.SessionId, Stage.Fabrikam, Guid.NewGuid(), [1], TimeProvider.System.GetUtcNow().AddHours(1));
        await stage.Portal.Get<ISessions>().PutAsync(theirs, default);
    }

    private static Task NoticeAsync(Stage stage, Actor actor)
    {
        stage.Tab.EndSignIn();
        return Task.CompletedTask;
    }

    private static Task TakeRoleAsync(Stage stage, Actor actor)
    {
        stage.World.RolesOf[actor.Access.PersonId] = [];
        return Task.CompletedTask;
    }

    private static async Task RevokeAsync(Stage stage, Actor actor)
    {
        // A person with a role decides because of that role.
        stage.World.RolesOf[actor.Access.PersonId] = [];
        await using var db = await stage.OpenAsync();
        (await db.Invitations.Where(i => i.AcceptedBy == actor.Access.PersonId).ExecuteDeleteAsync()).ShouldBe(1);
    }

    private static async Task TakeBackAsync(Stage stage, Actor actor)
    {
        await using var db = await stage.OpenAsync();
        (await db.ColleagueLinks.Where(l => l.AcceptedBy == actor.Access.PersonId).ExecuteDeleteAsync()).ShouldBe(2);
    }

    private static async Task ExpireAsync(Stage stage, Actor actor)
    {
        await using var db = await stage.OpenAsync();
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var accepted = db.ColleagueLinks.Where(l => l.AcceptedBy == actor.Access.PersonId);
        (await accepted.ExecuteUpdateAsync(u => u.SetProperty(l => l.ExpiresAt, before))).ShouldBe(2);
    }
}

/// <summary>A person to whom the page never offers the event.</summary>
internal sealed record Outsider(string Who, Crew NotOf, Actor Actor)
{
    public static IReadOnlyList<Outsider> All { get; } =
    [
        new("somebody of the customer without a role", Crew.Worker | Crew.Colleague | Crew.Decider, EngineHost.Person("Lea", roles: Guid.NewGuid())),
        new("somebody of the customer by a link that was taken back", Crew.Worker | Crew.Colleague | Crew.Decider,
            EngineHost.Person("Dan") with { IsByLink = true }),
        new("a stranger who gave herself the app roles", (Crew)31,
            EngineHost.Person("Olivia", Guid.NewGuid()) with { AppRoles = [Staff.SuccessSpecialist, Staff.PortalAdministrator] }),
        new("the customer's administrator who gave himself the app roles", Crew.Specialist | Crew.Administrator,
            EngineHost.Person("Ada") with { AppRoles = [Staff.SuccessSpecialist, Staff.PortalAdministrator] }),
        new("somebody of Luware without an app role", (Crew)31, EngineHost.Person("Peter", EngineHost.Luware)),
        new("a specialist who came by a link", Crew.Specialist | Crew.Administrator,
            EngineHost.Specialist("Marco") with { IsByLink = true }),
        new("a specialist", Crew.Worker | Crew.Colleague | Crew.Decider | Crew.Administrator,
            EngineHost.Specialist()),
        new("who administers the portal", Crew.Worker | Crew.Colleague | Crew.Decider | Crew.Specialist,
            EngineHost.Person("Sofia", EngineHost.Luware, roles: Guid.NewGuid()) with { AppRoles = [Staff.PortalAdministrator] }),
    ];
}
