using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>Search and filters above the cockpit's rows, with their counts.</summary>
public sealed partial class TenantBar : ComponentBase, IDisposable
{
    private static readonly TimeSpan PauseAfterTyping = TimeSpan.FromMilliseconds(250);

    /// <summary>The statuses that a tenant as a whole can have.</summary>
    private static readonly StepStatus[] Statuses = [.. Enum.GetValues<StepStatus>().Except([StepStatus.VerifiedByHand, StepStatus.Skipped])];

    private CancellationTokenSource typing = new();
    private CockpitView? shown;
    private string typed = "";

    [Inject] public required TimeProvider Time { get; init; }

    [Parameter, EditorRequired] public required CockpitView View { get; set; }

    [Parameter, EditorRequired] public required CockpitFilters Filters { get; set; }

    /// <summary>What is counted: the rows that are there, and the view that asked for them.</summary>
    [Parameter, EditorRequired] public (CockpitView View, CockpitPage Page) Found { get; set; }

    [Parameter] public EventCallback<CockpitView> Changed { get; set; }

    private string Count => Found switch
    {
        { Page.IsMore: true } => Say["Tenants.CountMore", Found.Page.Total],
        { View.IsFiltered: true } => Say["Tenants.CountOf", Found.Page.Total, Found.View.Closed ? Filters.Closed : Filters.Tenants],
        _ => Say.Count("Tenants.Count", Found.Page.Total),
    };

    public void Dispose()
    {
        typing.Cancel();
        typing.Dispose();
    }

    protected override void OnParametersSet()
    {
        // Keep what is being typed, whatever changes meanwhile; a new address has its own search.
        if (View.Search != shown?.Search && View.Search != typed.Trim())
            typed = View.Search;
        shown = View;
    }

    private async Task TypeAsync(string? text)
    {
        typed = text ?? "";
        var before = typing;
        typing = new CancellationTokenSource();
        var pause = Task.Delay(PauseAfterTyping, Time, typing.Token);
        await before.CancelAsync();
        before.Dispose();
        try
        {
            await pause;
            await Change(View with { Search = typed.Trim() });
        }
        catch (OperationCanceledException)
        {
            // The next letter was typed.
        }
    }

    private Task Change(CockpitView next) => Changed.InvokeAsync(next with { Page = 1 });

    /// <summary>The idle filter sorts the longest idle tenants first.</summary>
    private CockpitView WithIdle() => View.Idle
        ? View with { Idle = false, Sort = View.Sort == CockpitSort.IdleSince ? default : View.Sort }
        : View with { Idle = true, Sort = CockpitSort.IdleSince, Descending = false };

    /// <summary>The closed tenants, or again the open ones. Closed ones wait for nobody and do nothing, so filters by state are dropped.</summary>
    private CockpitView TheOthers => new() { Search = View.Search, Region = View.Region, Closed = !View.Closed };

    private static T? Named<T>(ChangeEventArgs e) where T : struct, Enum => Enum.TryParse<T>(Text(e), out var value) ? value : null;

    private static string? Text(ChangeEventArgs e) => e.Value as string is { Length: > 0 } text ? text : null;
}
