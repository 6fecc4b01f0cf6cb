using System.Security.Claims;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Portal.Settings;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.SignIn;

public sealed class SessionAuthenticationStateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid Person = Guid.NewGuid();

    private readonly MemoryStores _stores = new(TimeProvider.System);
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    [Fact]
    public async Task An_open_page_learns_that_its_session_has_ended()
    {
        await StoreAsync();
        using var state = Open(out var ended);

        await _stores.DeleteAsync("session", CancellationToken.None);

        await ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_lost_role_ends_the_page_as_well()
    {
        await StoreAsync();
        using var state = Open(out var ended, losesRole: true);

        await ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_database_that_is_out_of_reach_for_a_while_ends_no_page()
    {
        await StoreAsync();
        _stores.Fails = new TimeoutException("The database does not answer.");
        using var state = Open(out var ended);

        await Until.TrueAsync(() => Volatile.Read(ref _stores.AskedInVain) >= 3, "the page has asked three times");
        ended.IsCompleted.ShouldBeFalse();

        await _stores.DeleteAsync("session", CancellationToken.None);
        _stores.Fails = null;
        // It is asked again once the database answers.
        await ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_portal_that_stops_under_an_open_page_is_no_fault_and_signs_nobody_out()
    {
        await StoreAsync();
        _stores.Fails = new ObjectDisposedException(nameof(IServiceProvider));
        _lifetime.StopApplication();
        using var state = Open(out var ended);

        await Until.TrueAsync(() => Volatile.Read(ref _stores.AskedInVain) >= 3, "the page has asked three times");
        ended.IsCompleted.ShouldBeFalse();
    }

    private Task<bool> StoreAsync() =>
        _stores.PutAsync(new SessionTicket("session", Tenant, Person, [], DateTimeOffset.UtcNow.AddHours(1)), CancellationToken.None);

    /// <param name="ended">Completes once the page has nobody who is signed in any more.</param>
    private SessionAuthenticationState Open(out Task ended, bool losesRole = false)
    {
        var settings = Options.Create(new SessionSettings { Recheck = TimeSpan.FromMilliseconds(20) });
        var tickets = new SessionTickets(_stores, new EphemeralDataProtectionProvider(), settings, TimeProvider.System, NullLogger<SessionTickets>.Instance);
        var roles = new RoleWatch(
            new FakeTokens(), new Standing(losesRole), new Staff(Options.Create(new StaffOptions())),
            tickets, new MemoryAudit(), settings, TimeProvider.System, NullLogger<RoleWatch>.Instance);
        Claim[] claims = [new("tid", Tenant.ToString()), new("oid", Person.ToString()), new("home_account_id", "home"), new("session_id", "session")];
        var state = new SessionAuthenticationState(NullLoggerFactory.Instance, _stores, roles, _lifetime, settings);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ended = end.Task;
        // Before the first check, which may come at once.
        state.AuthenticationStateChanged += async changed =>
        {
            if ((await changed).User.Identity?.IsAuthenticated != true)
                end.TrySetResult();
        };
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(claims, "test")))));
        return state;
    }

    private sealed class Standing(bool isLost) : IRoleLoss
    {
        public bool HasLost(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles) => isLost;
    }
}
