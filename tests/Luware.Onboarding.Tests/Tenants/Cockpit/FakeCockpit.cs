using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

/// <summary>Answers at once, records its calls, and yields a pulse when the test asks for one.</summary>
internal sealed class FakeCockpit : ICockpit
{
    private readonly Channel<DateTimeOffset> pulses = Channel.CreateUnbounded<DateTimeOffset>();

    public ConcurrentQueue<CockpitView> Asked { get; } = [];

    public List<CockpitRow> Rows { get; } = [];

    public int Total { get; set; }

    /// <summary>Of all tenants, regardless of filters.</summary>
    public int Tenants { get; set; }

    public int Closed { get; set; }

    /// <summary>The session has ended.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The database's exception, thrown instead of an answer.</summary>
    public Exception? Fault { get; set; }

    public void Pulse() => pulses.Writer.TryWrite(default);

    public Task<CockpitPage> ReadAsync(Actor actor, CockpitView view, CancellationToken cancellationToken)
    {
        Check();
        Asked.Enqueue(view);
        return Task.FromResult(new CockpitPage([.. Rows], Math.Max(Total, Rows.Count), IsMore: false));
    }

    public Task<CockpitFilters> ReadFiltersAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(
            new CockpitFilters(Math.Max(Tenants, Rows.Count), Rows.Count(r => r.IsStuck), Rows.Count(r => r.IsIdle), Closed, 7, ["Marco Frei", "Nina Keller"]));

    public async IAsyncEnumerable<CockpitRow> ExportAsync(Actor actor, CockpitView view, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var row in Rows)
            yield return row;
    }

    public async IAsyncEnumerable<DateTimeOffset> FollowAsync(Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check();
        yield return default;
        await foreach (var pulse in pulses.Reader.ReadAllAsync(cancellationToken))
        {
            Check();
            yield return pulse;
        }
    }

    private void Check()
    {
        if (Fault is { } fault)
            throw fault;
        if (IsClosed)
            throw new UnauthorizedAccessException();
    }
}
