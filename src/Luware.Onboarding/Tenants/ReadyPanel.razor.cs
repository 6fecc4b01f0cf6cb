using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>The ready flag: what it asserts, who set it and when, and for which groups; set and withdrawn after a question.</summary>
public sealed partial class ReadyPanel
{
    // The value that the question asks to set. If a colleague sets it first, the question must not turn into its opposite.
    private bool? asked;

    // The groups that the page showed then; the answer is valid for no others.
    private IReadOnlyList<NamedValue> seen = [];

    [Inject] public required ISpecialistDesk Specialists { get; init; }
    [Parameter, EditorRequired] public required TenantFile File { get; set; }

    /// <summary>True if the ready flag is what this tenant waits for.</summary>
    [Parameter] public bool IsNext { get; set; }

    private IEnumerable<NamedValue> Groups => File.View.Steps.SelectMany(s => s.Plan?.ForLuware ?? []).Where(v => v.Group is not null);

    /// <summary>Names of the groups that Luware was told about but for which the flag was not set.</summary>
    private IReadOnlyList<string> NotFor =>
        [.. Groups.Where(v => !File.View.Tenant.ReadyGroups.Contains(v.Group!.Value)).Select(v => v.Name).Distinct(StringComparer.Ordinal)];

    private bool IsOutdated => File.Row.Ready && NotFor.Count > 0;

    private bool IsAlready => !IsBusy && asked == File.Row.Ready && !(asked == true && IsOutdated);

    private void Ask(bool? ready)
    {
        (asked, seen) = (ready, [.. Groups]);
        FocusOn(ready is null ? "#ready-ask" : "#ready-question");
    }

    private async Task SetAsync(bool ready)
    {
        if (IsAlready)
            return;

        await DecideAsync((who, token) => Specialists.SetReadyAsync(who, File.Row.Id, ready, [.. seen.Select(v => v.Group!.Value)], token));
        Ask(null);
    }
}
