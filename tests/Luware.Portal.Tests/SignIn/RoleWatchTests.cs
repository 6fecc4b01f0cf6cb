using System.Security.Claims;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Portal.Settings;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.SignIn;

public sealed class RoleWatchTests : IDisposable
{
    private static readonly Guid Luware = Guid.NewGuid();

    private readonly MemoryStores _stores = new(TimeProvider.System);
    private readonly MemoryAudit _audit = new();
    private readonly FakeTokens _tokens = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly SessionTickets _tickets;
    private readonly RoleWatch _watch;

    public RoleWatchTests()
    {
        var settings = Options.Create(new SessionSettings());
        _tickets = new SessionTickets(_stores, new EphemeralDataProtectionProvider(), settings, _time, NullLogger<SessionTickets>.Instance);
        var staff = new Staff(Options.Create(new StaffOptions { TenantId = $"{Luware}" }));
        _watch = new RoleWatch(_tokens, new AnyRole(), staff, _tickets, _audit, settings, _time, NullLogger<RoleWatch>.Instance);
    }

    public void Dispose() => _watch.Dispose();

    [Fact]
    public async Task Whoever_still_holds_the_role_loses_nothing()
    {
        var (key, actor) = await SignInAsync();
        _tokens.Roles = new EntraRoles([], ["SuccessSpecialist"]);

        (await _watch.HasLostAsync(actor, TestContext.Current.CancellationToken)).ShouldBeFalse();

        (await RolesAsync(key)).ShouldBe(["SuccessSpecialist"]);
    }

    [Fact]
    public async Task A_lost_role_is_gone_from_the_session_too_so_that_opening_the_page_again_does_not_bring_it_back()
    {
        var (key, actor) = await SignInAsync();

        (await _watch.HasLostAsync(actor, TestContext.Current.CancellationToken)).ShouldBeTrue();

        (await RolesAsync(key)).ShouldBeEmpty();
        (await _watch.HasLostAsync(Actor.From((await _tickets.RetrieveAsync(key))!.Principal)!, TestContext.Current.CancellationToken))
            .ShouldBeFalse("there is nothing left to lose");
        _audit.Lines.ShouldBe([$"lost {actor.Access.PersonId} SuccessSpecialist"]);
    }

    [Fact]
    public async Task Entra_is_asked_once_in_a_while_for_all_pages_of_a_session()
    {
        var (_, actor) = await SignInAsync();
        _tokens.Roles = new EntraRoles([], ["SuccessSpecialist"]);
        (await _watch.HasLostAsync(actor, TestContext.Current.CancellationToken)).ShouldBeFalse();

        _tokens.Roles = new EntraRoles([], []);
        _time.Advance(TimeSpan.FromSeconds(29));
        (await _watch.HasLostAsync(actor, TestContext.Current.CancellationToken)).ShouldBeFalse("the answer is of this half minute");
        _time.Advance(TimeSpan.FromSeconds(2));

        (await _watch.HasLostAsync(actor, TestContext.Current.CancellationToken)).ShouldBeTrue();
        _tokens.Roles = new EntraRoles([], ["SuccessSpecialist"]);
        (await _watch.HasLostAsync(actor, TestContext.Current.CancellationToken)).ShouldBeTrue("each open page learns of the loss by the same answer");
    }

    [Fact]
    public async Task Whoever_signs_in_again_at_once_is_not_thrown_out_by_the_answer_of_before()
    {
        var (key, specialist) = await SignInAsync(Luware);
        _tokens.Refuses = new SignInRequiredException("AADSTS700082: The refresh token has expired.");
        (await _watch.HasLostAsync(specialist, TestContext.Current.CancellationToken)).ShouldBeTrue();

        (_tokens.Refuses, _tokens.Roles) = (null, new EntraRoles([], ["SuccessSpecialist"]));
        await _tickets.RenewAsync(key, Ticket(specialist.Access.TenantId, specialist.Access.PersonId), CancellationToken.None);
        _watch.Forget(specialist.Access.SessionId);
        var again = Actor.From((await _tickets.RetrieveAsync(key))!.Principal)!;

        (await _watch.HasLostAsync(again, TestContext.Current.CancellationToken)).ShouldBeFalse();

        again.Access.SessionId.ShouldBe(specialist.Access.SessionId);
        (await RolesAsync(key)).ShouldBe(["SuccessSpecialist"]);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_not_lost()
    {
        var (key, actor) = await SignInAsync();
        _tokens.Refuses = new TransientException("busy");

        (await _watch.HasLostAsync(actor, TestContext.Current.CancellationToken)).ShouldBeFalse();

        (await RolesAsync(key)).ShouldBe(["SuccessSpecialist"]);
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(InvalidOperationException))]
    public async Task What_fails_on_the_way_to_entra_is_no_word_about_a_role_and_nobodys_error(Type fault)
    {
        var (key, specialist) = await SignInAsync(Luware);
        _tokens.Refuses = (Exception)Activator.CreateInstance(fault)!;

        (await _watch.HasLostAsync(specialist, TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await _watch.HasLostAsync(specialist, TestContext.Current.CancellationToken)).ShouldBeFalse("whoever asks next is not thrown the same");

        (await RolesAsync(key)).ShouldBe(["SuccessSpecialist"]);
        _tokens.Refuses = null;
        _time.Advance(TimeSpan.FromSeconds(31));
        (await _watch.HasLostAsync(specialist, TestContext.Current.CancellationToken)).ShouldBeTrue("it is asked again");
    }

    [Fact]
    public async Task Whom_entra_lets_in_no_more_has_lost_everything_where_they_are_luwares()
    {
        var (key, specialist) = await SignInAsync(Luware);
        var (_, customer) = await SignInAsync();
        _tokens.Refuses = new SignInRequiredException(
            "AADSTS700082: The refresh token has expired.",
            new RemoteAnswer("Microsoft Entra", "AADSTS700082", "400", "The refresh token has expired.", null));

        (await _watch.HasLostAsync(specialist, TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await _watch.HasLostAsync(customer, TestContext.Current.CancellationToken)).ShouldBeFalse("a run may still wait for their next sign-in");

        (await RolesAsync(key)).ShouldBeEmpty();
        _audit.Lines.ShouldBe([$"not renewed {specialist.Access.PersonId} AADSTS700082"], "no role was seen gone");
    }

    [Fact]
    public async Task A_secret_of_the_portals_own_that_has_expired_takes_no_role_from_anybody()
    {
        var (key, specialist) = await SignInAsync(Luware);
        _tokens.Refuses = new RefusedException(
            "Entra refused a token.",
            new RemoteAnswer("Microsoft Entra", "AADSTS7000222", "401", "The provided client secret keys are expired.", null));

        (await _watch.HasLostAsync(specialist, TestContext.Current.CancellationToken)).ShouldBeFalse();

        (await RolesAsync(key)).ShouldBe(["SuccessSpecialist"]);
        _audit.Lines.ShouldBeEmpty();
    }

    private async Task<(string Key, Actor Actor)> SignInAsync(Guid? tenant = null)
    {
        var key = await _tickets.StoreAsync(Ticket(tenant ?? Guid.NewGuid(), Guid.NewGuid()), CancellationToken.None);
        return (key, Actor.From((await _tickets.RetrieveAsync(key))!.Principal)!);
    }

    private static AuthenticationTicket Ticket(Guid tenant, Guid person)
    {
        Claim[] claims =
        [
            new("tid", $"{tenant}"), new("oid", $"{person}"), new("home_account_id", "home"), new("roles", "SuccessSpecialist"), new("session_id", "first"),
        ];
        return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "test")), "test");
    }

    private async Task<IReadOnlyList<string>> RolesAsync(string key) => Actor.From((await _tickets.RetrieveAsync(key))!.Principal)!.AppRoles;

    private sealed class AnyRole : IRoleLoss
    {
        public bool HasLost(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles) =>
            actor.AppRoles.Except(appRoles, StringComparer.Ordinal).Any();
    }
}
