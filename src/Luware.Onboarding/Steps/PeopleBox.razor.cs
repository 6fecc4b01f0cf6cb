using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Steps;

/// <summary>Picks people of the tenant: shows the chosen and suggested ones, and finds others by typing.</summary>
public sealed partial class PeopleBox : ComponentBase, IDisposable
{
    private const int Listed = 8;
    private const int Shortest = 2;

    /// <summary>Pause after a key, so that typing triggers one search instead of one per letter.</summary>
    private static readonly TimeSpan PauseAfterKey = TimeSpan.FromMilliseconds(300);

    private CancellationTokenSource search = new();
    private string typed = string.Empty;
    private SearchState state;

    /// <summary>People found by the latest search alone, so that nobody of an earlier one is ticked by mistake.</summary>
    private IReadOnlyList<ChoiceOption> results = [];

    /// <summary>People ticked here, who keep their names until the next reading offers them.</summary>
    private readonly List<ChoiceOption> known = [];

    [Inject] public required TimeProvider Time { get; init; }

    [Parameter, EditorRequired] public required FindPeople? Find { get; set; }

    [Parameter, EditorRequired] public required string Id { get; set; }

    [Parameter, EditorRequired] public required string Label { get; set; }

    [Parameter] public string? Hint { get; set; }

    /// <summary>People offered by the latest reading, including those chosen before.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ChoiceOption> Offered { get; set; }

    /// <summary>Whether offered people are shown before anything is typed.</summary>
    [Parameter] public bool Suggest { get; set; } = true;

    [Parameter, EditorRequired] public required IReadOnlyList<Guid> Chosen { get; set; }

    [Parameter] public EventCallback<IReadOnlyList<Guid>> ChosenChanged { get; set; }

    /// <summary>Chosen people are always shown, followed by those who match the typed text.</summary>
    private IEnumerable<ChoiceOption> Shown =>
    [
        .. Chosen.Select(id => Offered.Concat(known).FirstOrDefault(o => o.Value == id.ToString()) ?? new ChoiceOption(id.ToString(), id.ToString())),
        .. Candidates.Where(o => !IsChosen(o)).Take(Listed),
    ];

    private IEnumerable<ChoiceOption> Candidates => typed.Length == 0
        ? Suggest ? Offered : []
        : Offered.Where(o => o.Label.Contains(typed, StringComparison.CurrentCultureIgnoreCase)).Concat(results)
            .DistinctBy(o => o.Value, StringComparer.Ordinal);

    private string Status => state switch
    {
        SearchState.Searching => Texts["People.Searching"],
        SearchState.Failed => Texts["People.Failed"],
        SearchState.Searched when !Candidates.Any() => Texts["People.NobodyFound", typed],
        _ when Candidates.Count(o => !IsChosen(o)) > Listed => typed.Length == 0 ? Texts["People.First", Listed] : Texts["People.FirstFound", Listed],
        SearchState.Searched => Texts["People.Found", Candidates.Count()],
        _ => string.Empty,
    };

    public void Dispose()
    {
        search.Cancel();
        search.Dispose();
    }

    private bool IsChosen(ChoiceOption person) => Chosen.Any(id => id.ToString() == person.Value);

    private Task ToggleAsync(ChoiceOption person)
    {
        var id = Guid.Parse(person.Value);
        if (IsChosen(person))
            return ChosenChanged.InvokeAsync([.. Chosen.Where(c => c != id)]);

        known.Add(person);
        return ChosenChanged.InvokeAsync([.. Chosen, id]);
    }

    private async Task SearchAsync(string? text)
    {
        var stop = StartAnew();
        (typed, results, state) = (text?.Trim() ?? string.Empty, [], SearchState.None);
        if (typed.Length < Shortest || Find is null)
            return;

        state = SearchState.Searching;
        try
        {
            await Task.Delay(PauseAfterKey, Time, stop);
            var people = await Find(typed, stop);
            stop.ThrowIfCancellationRequested();
            (results, state) = (people ?? [], people is null ? SearchState.Failed : SearchState.Searched);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Something else was typed, or the component was disposed.
        }
    }

    /// <summary>Cancels the current search at once, because the next key may come at any moment.</summary>
    private CancellationToken StartAnew()
    {
        search.Cancel();
        search.Dispose();
        search = new CancellationTokenSource();
        return search.Token;
    }

    private enum SearchState
    {
        None,
        Searching,
        Searched,
        Failed,
    }
}
