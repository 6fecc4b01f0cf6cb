using Luware.Onboarding.Parts;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace Luware.Onboarding.Tenants;

/// <summary>The cockpit's rows. Sorting and paging are asked for, not done: the address decides, and the grid shows what it says.</summary>
public sealed partial class TenantGrid : ComponentBase
{
    private RadzenDataGrid<CockpitRow>? grid;
    private CockpitView? settled;

    [Parameter, EditorRequired] public required CockpitView View { get; set; }

    [Parameter, EditorRequired] public required CockpitPage Page { get; set; }

    /// <summary>Who signs a nudge.</summary>
    [Parameter, EditorRequired] public string By { get; set; } = "";

    [Parameter] public EventCallback<CockpitView> Asked { get; set; }

    /// <summary>Who is to be reminded stands where otherwise it says when they were last seen: since when they have not come on is said already.</summary>
    private bool HasNudges => View.Idle || View.Stuck;

    private string Onboarding => Navigation.ToAbsoluteUri("onboarding").AbsoluteUri;

    // The grid keeps a page of its own: after the address has changed it is led there, and says nothing meanwhile.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (settled == View)
            return;

        await grid!.GoToPage(View.Page - 1, forceReload: true);
        settled = View;
    }

    private Task AskAsync(LoadDataArgs args)
    {
        if (settled != View)
            return Task.CompletedTask;

        var sort = args.Sorts?.FirstOrDefault();
        var next = View with
        {
            Page = ((args.Skip ?? 0) / CockpitView.PageSize) + 1,
            Sort = Enum.TryParse<CockpitSort>(sort?.Property, out var by) ? by : default,
            Descending = sort?.SortOrder == SortOrder.Descending,
        };
        if (next.Sort != View.Sort || next.Descending != View.Descending)
            next = next with { Page = 1 };
        return next == View ? Task.CompletedTask : Asked.InvokeAsync(next);
    }

    private SortOrder? Order(CockpitSort sort) => View.Sort != sort ? null : View.Descending ? SortOrder.Descending : SortOrder.Ascending;

    private (string Word, bool Bad) AgeWord(CockpitRow row)
    {
        var age = Say.Age(Clock.Now - row.Since);
        return row.IsStuck ? (Say["Tenants.StuckWord", age], true)
            : row is { IsIdle: true, IdleSince: { } since } ? (Say["Tenants.IdleWord", Say.Age(Clock.Now - since)], true)
            : (age, false);
    }

    private string Reason(CockpitRow row) => string.Join(' ', new[] { row.Why, row.Next }.OfType<Sentence>().Select(s => Say[s]));
}
