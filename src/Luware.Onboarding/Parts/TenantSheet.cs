using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Luware.Onboarding.Parts;

/// <summary>What is written about one tenant, for its own people and for Luware's.</summary>
public abstract class TenantSheet : AskingComponent
{
    private Actor? who;

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <summary>The portal's own id of the tenant; null for the person's own.</summary>
    [Parameter] public Guid? TenantId { get; set; }

    /// <inheritdoc/>
    public override Actor? Who => who;

    /// <summary>It is not for this person.</summary>
    protected bool IsRefused { get; private set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        who = Actor.From((await Authentication).User);
        await AskAsync(ReadAsync);
    }

    protected abstract Task ReadAsync(Actor who, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void Refuse() => IsRefused = true;
}
