using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>One tenant: its state, what its people saw last, and what a specialist can do. Nothing here is done in the customer's name.</summary>
public sealed partial class TenantPage
{
    private TenantFile? file;
    private bool isGone;

    // Decided once, so that no panel moves while somebody works in it.
    private bool invitesFirst;

    [Inject] public required ITenantReader Reader { get; init; }

    [Parameter] public Guid Id { get; set; }

    /// <summary>True directly after the tenant was added without an answer from Entra.</summary>
    [SupplyParameterFromQuery] public bool Unproven { get; set; }

    private string Onboarding => Portal.At("onboarding");

    /// <summary>The values that Luware's own set-up needs, as the steps found them.</summary>
    private string Block
    {
        get
        {
            var view = file!.View;
            var notes = view.Steps.SelectMany(s => s.Plan?.ForLuware ?? []).SelectMany(n => new[] { "", n.Name, n.Value }).ToList();
            string[] head = [$"{view.Tenant.Name}, {view.Region.Name}", $"{view.Tenant.EntraTenantId}"];
            return string.Join('\n', [.. head, .. notes.Count > 0 ? notes : ["", Say["Tenant.ForLuwareNothing"]]]);
        }
    }

    protected override async Task ShowAsync(Actor who, CancellationToken cancellationToken)
    {
        await foreach (var next in Reader.FollowAsync(who, Id, cancellationToken))
        {
            invitesFirst = file is null ? IsUninvited(next) : invitesFirst;
            file = next;
            ShowNow();
        }

        isGone = true;
        StateHasChanged();
    }

    /// <summary>True while nobody has accepted an invitation, or come without one.</summary>
    private static bool IsUninvited(TenantFile file) => file.Invitations.All(i => i.AcceptedBy is null) && file.View.Steps.All(s => s.Plan is null);

    private static bool IsForLuware(CockpitRow row) => row is { Waits: WaitsFor.Luware, Ready: false, Status: StepStatus.WaitingOnLuware };

    private string Standing(CockpitRow row)
    {
        string?[] parts =
        [
            Waits(row),
            row.Next is { } next ? Say["Nudge.Next", Say[next]] : null,
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    /// <summary>Who is waited for and why. Without a person's name, the first is left out, because the status already says it.</summary>
    private string? Waits(CockpitRow row)
    {
        var why = row.Why is { } sentence ? $"{Say.Told(sentence).TrimEnd('.')}." : null;
        var isSaid = row is { Who: null, Status: StepStatus.WaitingOnCustomer or StepStatus.WaitingOnLuware or StepStatus.WaitingOnMicrosoft };
        return isSaid || Say.Who(row) is not { } who ? why : why is null ? Say["Tenant.Waits", who] : Say["Tenant.StepWaits", who, why];
    }
}
