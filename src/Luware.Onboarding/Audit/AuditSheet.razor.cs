using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Audit;

/// <summary>A tenant's audit, and the check whether its chain is intact.</summary>
public sealed partial class AuditSheet
{
    private AuditPart? part;
    private AuditFinding? finding;
    private bool isChecking;
    private string anchor = "";
    private string? problem;

    // The written end with which the finding was made.
    private AuditAnchor? against;
    private string? forgotten;

    [Inject] public required IAuditRecord Audit { get; init; }

    [Parameter] public long? Before { get; set; }

    private string Here => TenantId is { } id ? $"tenants/{id}/audit" : "audit";

    private string Export => TenantId is { } id ? $"downloads/tenants/{id}/audit.jsonl" : "downloads/audit.jsonl";

    private string FindingWord => finding switch
    {
        { Fault: { } fault } => Say[$"Audit.Fault.{fault.Kind}", fault.Sequence, fault.Was ?? 0],
        _ => Say.Count("Audit.Whole", (int)finding!.Entries),
    };

    protected override async Task ReadAsync(Actor who, CancellationToken cancellationToken)
    {
        await ReadEntriesAsync(who, cancellationToken);
        // The entries are there long before a long chain is checked.
        StateHasChanged();
        // Older entries are pages of their own; checking the whole chain for each would take its time every time.
        if (Before is null && finding is null && !isChecking)
            await VerifyAsync(who, written: null, cancellationToken);
    }

    private async Task ReadEntriesAsync(Actor who, CancellationToken cancellationToken)
    {
        var before = Before;
        var read = await Audit.ReadAsync(who, TenantId, before, cancellationToken);
        // Somebody may have gone on to other entries before these have arrived.
        if (before == Before)
            part = read;
    }

    private async Task VerifyAsync(Actor who, AuditAnchor? written, CancellationToken cancellationToken)
    {
        (finding, against, isChecking) = (null, written, true);
        StateHasChanged();
        try
        {
            finding = await Audit.VerifyAsync(who, TenantId, written, cancellationToken);
        }
        finally
        {
            isChecking = false;
        }
    }

    private Task CheckAsync()
    {
        if (IsBusy)
            return Task.CompletedTask;

        var written = WrittenAnchors.In(anchor);
        problem = written is null && !string.IsNullOrWhiteSpace(anchor) ? "Audit.NotAnAnchor"
            : written?.Tenant is { } tenant && !part!.Tenants.Contains(tenant) ? "Audit.OtherAnchor"
            : null;
        return problem is not null ? Task.CompletedTask : LookAsync((who, token) => VerifyAsync(who, written?.Anchor, token));
    }

    private async Task ForgetAsync(Guid person)
    {
        var name = part!.People.FirstOrDefault(p => p.ObjectId == person)?.Name;
        var wasChecked = finding is not null;
        (Problem, forgotten) = (null, null);
        await AskAsync(async (who, token) => forgotten = await Audit.EraseAsync(who, TenantId!.Value, person, token) ? name : null);
        await LookAsync(async (who, token) =>
        {
            await ReadEntriesAsync(who, token);
            if (wasChecked)
                await VerifyAsync(who, written: null, token);
        });
    }
}
