using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Luware.Onboarding.Handover;

/// <summary>The hand-over as a page, which prints as it stands.</summary>
public sealed partial class HandoverSheet : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    // Asked for once the page is left, the source would say only that it is gone.
    private readonly CancellationToken left;
    private HandoverModel? model;
    private bool refused;

    public HandoverSheet() => left = leaving.Token;

    [Inject] public required IHandover Handover { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <summary>The portal's own id of the tenant; null for the person's own.</summary>
    [Parameter] public Guid? TenantId { get; set; }

    private string Audit => TenantId is { } id ? $"tenants/{id}/audit" : "audit";

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            if (Actor.From((await Authentication).User) is { } actor)
                model = await Handover.ReadAsync(actor, TenantId, left);
            else
                refused = true;
        }
        catch (UnauthorizedAccessException)
        {
            refused = true;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The page is left.
        }
    }

    private string File(string extension) => TenantId is { } id ? $"downloads/tenants/{id}/handover.{extension}" : $"downloads/handover.{extension}";
}
