using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Parts;

/// <summary>The base of pages about one tenant, for its own people and for Luware's.</summary>
public abstract partial class TenantSheet : AskingComponent
{
    private Actor? who;
    private int looking;

    [Inject] public required ILogger<TenantSheet> OutageLog { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <summary>The portal's own id of the tenant; null for the person's own tenant.</summary>
    [Parameter] public Guid? TenantId { get; set; }

    /// <inheritdoc/>
    public override Actor? Who => who;

    /// <summary>True if the person may not see it.</summary>
    protected bool IsRefused { get; private set; }

    /// <summary>True if there is no such tenant.</summary>
    protected bool IsGone { get; private set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        who = Actor.From((await Authentication).User);
        await LookAsync(ReadAsync);
    }

    /// <summary>True while the portal's database is unavailable and the content is requested again.</summary>
    protected bool IsBehind { get; private set; }

    protected abstract Task ReadAsync(Actor who, CancellationToken cancellationToken);

    /// <summary>Loads the content.</summary>
    protected async Task LookAsync(Func<Actor, CancellationToken, Task> look)
    {
        looking++;
        await AskUntilAnsweredAsync(async (asker, token) =>
        {
            try
            {
                await look(asker, token);
            }
            catch (NoSuchTenantException)
            {
                IsGone = true;
            }

            IsBehind = false;
        });
        looking--;
    }

    /// <inheritdoc/>
    protected override Task FallBehindAsync(Exception fault)
    {
        Log.StoreOutOfReach(OutageLog, fault);
        IsBehind = looking > 0;
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Refuse() => IsRefused = true;

    private static partial class Log
    {
        [LoggerMessage(2254, LogLevel.Warning,
            "An audit or a hand-over cannot be shown, or did not do what it was asked, while the portal's database is out of reach; "
            + "what is shown is asked for again")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception);
    }
}
