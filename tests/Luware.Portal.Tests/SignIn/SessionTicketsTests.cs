using System.Security.Claims;
using Luware.Onboarding.Engine;
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

public sealed class SessionTicketsTests
{
    private readonly Guid _tenant = Guid.NewGuid();
    private readonly Guid _person = Guid.NewGuid();
    private readonly MemoryStores _stores;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly SessionTickets _tickets;

    public SessionTicketsTests()
    {
        _stores = new MemoryStores(_time);
        _tickets = Tickets(_protection);
    }

    [Fact]
    public async Task What_is_stored_comes_back_with_the_sessions_id()
    {
        var key = await _tickets.StoreAsync(Ticket());

        var ticket = await _tickets.RetrieveAsync(key);

        Actor.From(ticket!.Principal)!.Access.SessionId.ShouldBe(_stores.Sessions.Keys.Single());
    }

    [Fact]
    public async Task The_row_does_not_open_the_session()
    {
        var key = await _tickets.StoreAsync(Ticket());

        _stores.Sessions.Keys.ShouldNotContain(key);
        (await _tickets.RetrieveAsync(_stores.Sessions.Keys.Single())).ShouldBeNull();
    }

    [Fact]
    public async Task It_slides_with_every_renewal_but_not_beyond_the_longest_time()
    {
        var key = await _tickets.StoreAsync(Ticket());
        for (var hours = 4; hours < 24; hours += 4)
        {
            _time.Advance(TimeSpan.FromHours(4));
            var ticket = (await _tickets.RetrieveAsync(key)).ShouldNotBeNull();
            ticket.Properties.ExpiresUtc = _time.GetUtcNow().AddHours(8);
            await _tickets.RenewAsync(key, ticket);
        }

        _stores.Sessions.Values.Single().ExpiresAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromHours(4));
        (await _tickets.RetrieveAsync(key)).ShouldBeNull();
    }

    [Fact]
    public async Task A_renewal_of_what_was_read_before_a_role_was_lost_does_not_bring_it_back()
    {
        var signIn = Ticket();
        ((ClaimsIdentity)signIn.Principal.Identity!).AddClaim(new Claim("roles", "SuccessSpecialist"));
        var key = await _tickets.StoreAsync(signIn);
        var request = (await _tickets.RetrieveAsync(key))!;

        await _tickets.SetRolesAsync(_stores.Sessions.Keys.Single(), EntraRoles.None, TestContext.Current.CancellationToken);
        await _tickets.RenewAsync(key, request);

        var next = (await _tickets.RetrieveAsync(key))!;
        Actor.From(next.Principal)!.AppRoles.ShouldBeEmpty();
        next.Properties.ExpiresUtc = _time.GetUtcNow().AddHours(9);
        await _tickets.RenewAsync(key, next);
        _stores.Sessions.Values.Single().ExpiresAt.ShouldBe(_time.GetUtcNow().AddHours(9));
    }

    [Fact]
    public async Task A_new_sign_in_of_the_same_session_does_not_lengthen_it_and_the_one_after_its_end_is_a_session_of_its_own()
    {
        var key = await _tickets.StoreAsync(Ticket());
        for (var hours = 7; hours < 24; hours += 7)
        {
            _time.Advance(TimeSpan.FromHours(7));
            await _tickets.RenewAsync(key, Ticket());
        }

        Actor.From((await _tickets.RetrieveAsync(key))!.Principal).ShouldNotBeNull();
        _stores.Sessions.Values.Single().ExpiresAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromHours(3));
        (await _tickets.RetrieveAsync(key)).ShouldBeNull();
        (await _tickets.RetrieveAsync(await _tickets.StoreAsync(Ticket()))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_row_that_cannot_be_decrypted_is_no_session()
    {
        var key = await _tickets.StoreAsync(Ticket());

        (await Tickets(new EphemeralDataProtectionProvider()).RetrieveAsync(key)).ShouldBeNull();
    }

    [Fact]
    public async Task An_incomplete_identity_becomes_no_session()
    {
        var nobody = new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("name", "Nobody")], "test")), "test");

        await Should.ThrowAsync<InvalidOperationException>(() => _tickets.StoreAsync(nobody));
        _stores.Sessions.ShouldBeEmpty();
    }

    private SessionTickets Tickets(IDataProtectionProvider protection) =>
        new(_stores, protection, Options.Create(new SessionSettings()), _time, NullLogger<SessionTickets>.Instance);

    private AuthenticationTicket Ticket()
    {
        Claim[] claims = [new("tid", $"{_tenant}"), new("oid", $"{_person}"), new("home_account_id", "home"), new("preferred_username", "anna@contoso.com")];
        return new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity(claims, "test")), new AuthenticationProperties { ExpiresUtc = _time.GetUtcNow().AddHours(8) }, "test");
    }
}
