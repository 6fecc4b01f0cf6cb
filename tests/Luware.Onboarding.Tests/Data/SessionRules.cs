using Luware.Onboarding.Data;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Data;

/// <summary>What every store of sessions keeps to: the tables, and the memory that stands in for them in the portal's tests.</summary>
public abstract class SessionRules
{
    protected static readonly Guid Tenant = Guid.NewGuid();
    protected static readonly Guid Person = Guid.NewGuid();
    protected static readonly TenantAccess Access = new(Tenant, Person, "account", "hash");

    protected abstract ISessions Sessions { get; }

    protected abstract ITokenCaches Caches { get; }

    protected abstract DateTimeOffset Now { get; }

    [Fact]
    public async Task A_session_is_its_tenants_and_its_persons()
    {
        await SignInAsync();

        (await Sessions.IsAliveAsync(Access, default)).ShouldBeTrue();
        (await Sessions.IsAliveAsync(Access with { TenantId = Guid.NewGuid() }, default)).ShouldBeFalse();
        (await Sessions.IsAliveAsync(Access with { PersonId = Guid.NewGuid() }, default)).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => Sessions.PutAsync(Ticket(9) with { TenantId = Guid.NewGuid() }, default));
        await Should.ThrowAsync<InvalidOperationException>(() => Sessions.PutAsync(Ticket(9) with { PersonId = Guid.NewGuid() }, default));
        (await Sessions.FindAsync("hash", default))!.Ticket.ShouldBe([1]);
    }

    [Fact]
    public async Task A_session_whose_time_is_over_is_none()
    {
        await Sessions.PutAsync(Ticket(1) with { ExpiresAt = Now.AddSeconds(-1) }, default);

        (await Sessions.IsAliveAsync(Access, default)).ShouldBeFalse();
        (await Sessions.FindAsync("hash", default)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_made_from_an_older_ticket_is_not_stored()
    {
        await SignInAsync();
        var read = (await Sessions.FindAsync("hash", default))!;

        (await Sessions.PutAsync(read with { Ticket = [4] }, default)).ShouldBeTrue();
        (await Sessions.PutAsync(read with { Ticket = [5] }, default)).ShouldBeFalse();
        (await Sessions.PutAsync(read with { SessionId = "another" }, default)).ShouldBeFalse();

        (await Sessions.FindAsync("hash", default))!.Ticket.ShouldBe([4]);
        (await Sessions.FindAsync("another", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_its_tokens_for_good()
    {
        await SignInAsync();
        await Caches.WriteAsync("hash", [7], default);

        await Sessions.DeleteAsync("hash", default);
        (await Sessions.PutAsync(Ticket(1), default)).ShouldBeFalse();
        await Caches.WriteAsync("hash", [8], default);

        (await Sessions.IsAliveAsync(Access, default)).ShouldBeFalse();
        (await Caches.ReadAsync("hash", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_cache_may_come_before_its_session_and_is_replaced_by_the_next_writing()
    {
        (await Caches.ReadAsync("hash", default)).ShouldBeNull();
        await Caches.WriteAsync("hash", [1], default);
        await Caches.WriteAsync("hash", [2], default);

        (await Caches.ReadAsync("hash", default)).ShouldBe([2]);
    }

    [Fact]
    public async Task What_another_portal_has_written_since_the_reading_is_not_overwritten_and_what_has_gone_does_not_come_back()
    {
        await Caches.ReplaceAsync("hash", [1], [2], default);
        (await Caches.ReadAsync("hash", default)).ShouldBeNull();
        await Caches.WriteAsync("hash", [1], default);

        await Caches.ReplaceAsync("hash", [1], [2], default);
        await Caches.ReplaceAsync("hash", [1], [3], default);

        (await Caches.ReadAsync("hash", default)).ShouldBe([2]);
    }

    protected SessionTicket Ticket(byte content) => new("hash", Tenant, Person, [content], Now.AddHours(8));

    protected Task<bool> SignInAsync() => Sessions.PutAsync(Ticket(1), default);
}
