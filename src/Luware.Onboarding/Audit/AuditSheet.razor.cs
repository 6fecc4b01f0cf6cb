using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Luware.Onboarding.Audit;

/// <summary>A tenant's audit, and whether its chain is whole.</summary>
public sealed partial class AuditSheet : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    // Asked for once the page is left, the source would say only that it is gone.
    private readonly CancellationToken left;
    private AuditPart? part;
    private AuditFinding? finding;
    private string anchor = "";
    private string? problem;
    private bool refused;

    public AuditSheet() => left = leaving.Token;

    [Inject] public required IAuditRecord Audit { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <summary>The portal's own id of the tenant; null for the person's own.</summary>
    [Parameter] public Guid? TenantId { get; set; }

    [Parameter] public long? Before { get; set; }

    private string Here => TenantId is { } id ? $"tenants/{id}/audit" : "audit";

    private string Export => TenantId is { } id ? $"downloads/tenants/{id}/audit.jsonl" : "downloads/audit.jsonl";

    private string FindingWord => finding switch
    {
        { Fault: { } fault } => Say[$"Audit.Fault.{fault.Kind}", fault.Sequence, fault.Was ?? 0],
        _ => Say.Count("Audit.Whole", (int)finding!.Entries),
    };

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override Task OnParametersSetAsync() => AskAsync(async actor =>
    {
        part = await Audit.ReadAsync(actor, TenantId, Before, left);
        finding ??= await Audit.VerifyAsync(actor, TenantId, null, left);
    });

    private Task CheckAsync()
    {
        var written = WrittenAnchors.In(anchor);
        problem = written is null && !string.IsNullOrWhiteSpace(anchor) ? "Audit.NotAnAnchor"
            : written?.Tenant is { } tenant && !part!.Tenants.Contains(tenant) ? "Audit.OtherAnchor"
            : null;
        return problem is not null ? Task.CompletedTask : AskAsync(async actor => finding = await Audit.VerifyAsync(actor, TenantId, written?.Anchor, left));
    }

    private Task ForgetAsync(Guid person) => AskAsync(async actor =>
    {
        await Audit.EraseAsync(actor, TenantId!.Value, person, left);
        part = await Audit.ReadAsync(actor, TenantId, Before, left);
        finding = await Audit.VerifyAsync(actor, TenantId, null, left);
    });

    private async Task AskAsync(Func<Actor, Task> ask)
    {
        try
        {
            if (Actor.From((await Authentication).User) is { } actor)
                await ask(actor);
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
}
