using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace Luware.Onboarding.Tenants;

/// <summary>The cockpit's rows. Sorting changes the address, and the grid shows what the address says.</summary>
public sealed partial class TenantGrid : ComponentBase
{
    private RadzenDataGrid<CockpitRow>? grid;
    private CockpitView? settled;

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>The view that the rows are of.</summary>
    [Parameter, EditorRequired] public required CockpitView View { get; set; }

    /// <summary>The view of the address, which is ahead of the rows until they have been read. The heads show its order, and sorting changes it.</summary>
    [Parameter, EditorRequired] public required CockpitView Wanted { get; set; }

    [Parameter, EditorRequired] public required CockpitPage Page { get; set; }

    /// <summary>The name that signs a reminder.</summary>
    [Parameter, EditorRequired] public string By { get; set; } = "";

    /// <summary>Days without progress after which a tenant counts as idle.</summary>
    [Parameter] public int IdleDays { get; set; }

    [Parameter] public EventCallback<CockpitView> Asked { get; set; }

    /// <summary>Replaces the column of last activity by reminders in the lists of idle and stuck tenants, whose idle time another column shows.</summary>
    private bool HasNudges => View.Idle || View.Stuck;

    private string Onboarding => Portal.At("onboarding");

    // After the address has changed, the grid takes its order from there without raising an event.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (settled == Wanted)
            return;

        await grid!.Reload();
        settled = Wanted;
    }

    private Task AskAsync(LoadDataArgs args)
    {
        if (settled != Wanted)
            return Task.CompletedTask;

        var sort = args.Sorts?.FirstOrDefault();
        var next = Wanted with
        {
            Sort = Enum.TryParse<CockpitSort>(sort?.Property, out var by) ? by : default,
            Descending = sort?.SortOrder == SortOrder.Descending,
        };
        if (next.Sort != Wanted.Sort || next.Descending != Wanted.Descending)
            next = next with { Page = 1 };
        return next == Wanted ? Task.CompletedTask : Asked.InvokeAsync(next);
    }

    /// <summary>
    /// Opens the row that the keys have marked, as its name's link does. A click selects no row, because the row is not a link. Keys that a link or a button
    /// within the table gets are theirs.
    /// </summary>
    private void Open(CockpitRow row) => Navigation.NavigateTo(AddressOf(row));

    private static string AddressOf(CockpitRow row) => $"tenants/{row.Id}";

    private bool IsOnlyStuck => View.IsOnly(new CockpitView { Stuck = true });

    private bool IsOnlyIdle => View.IsOnly(new CockpitView { Idle = true });

    private string Empty => IsOnlyStuck ? Say["Tenants.NoneStuck"] : IsOnlyIdle ? Say["Tenants.NoneIdle", IdleDays] : Say["Tenants.Empty"];

    private string EmptyText => IsOnlyStuck || IsOnlyIdle ? "" : Say["Tenants.EmptyText"];

    /// <summary>The step at which the tenant stands, once it has verified one.</summary>
    private string Place(CockpitRow row) =>
        row is { AtStep: { } step, Verified: > 0 } ? Say.Step(step) : row.Status == StepStatus.Verified ? Say["Tenants.AllVerified"] : "";

    private SortOrder? Order(CockpitSort sort) => Wanted.Sort != sort ? null : Wanted.Descending ? SortOrder.Descending : SortOrder.Ascending;

    private (string Word, bool Bad) AgeWord(CockpitRow row)
    {
        var age = Say.Age(Clock.Now - row.Since);
        return row.IsStuck ? (Say["Tenants.StuckWord", age], true)
            : row is { IsIdle: true, IdleSince: { } since } ? (Say["Tenants.IdleWord", Say.Age(Clock.Now - since)], true)
            : (age, false);
    }

    private string Reason(CockpitRow row) => string.Join(' ', new[] { row.Why, row.Next }.OfType<Sentence>().Select(s => Say.Told(s)));
}
