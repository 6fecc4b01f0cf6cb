using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>The specialists' side of one tenant, in memory: records its calls and shows what the test sets.</summary>
internal sealed class FakeDesk : ISpecialistDesk, ITenantReader
{
    private readonly Channel<TenantFile> files = Channel.CreateUnbounded<TenantFile>();

    public List<string> Asked { get; } = [];

    /// <summary>The tenants for which a page was opened, in order.</summary>
    public List<Guid> Opened { get; } = [];

    public TenantFile? File { get; private set; }

    public TenantDetails? Seen { get; private set; }

    public TenantDetails? Details { get; private set; }

    public Meanwhile? Meanwhile { get; set; }

    /// <summary>What a change undoes.</summary>
    public Undoing? Undoes { get; set; }

    /// <summary>True while Entra cannot be asked.</summary>
    public bool IsUnproven { get; set; }

    public NewInvitation Made { get; } = new(Guid.NewGuid(), "the-secret", new DateTimeOffset(2026, 12, 24, 12, 0, 0, TimeSpan.Zero).AddTicks(1));

    public Sentence? Problem { get; set; }

    /// <summary>Writes wait for this before they answer.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public List<TimelineLine> Lines { get; } = [];

    /// <summary>The database's exception, thrown instead of an answer.</summary>
    public Exception? Fault { get; set; }

    public void Show(TenantFile file)
    {
        File = file;
        files.Writer.TryWrite(file);
    }

    public void Gone() => files.Writer.Complete();

    public Task<TenantFile?> ReadAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken)
    {
        Opened.Add(tenantId);
        Check();
        return Task.FromResult(File);
    }

    public async IAsyncEnumerable<TenantFile> FollowAsync(Actor actor, Guid tenantId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Opened.Add(tenantId);
        Check();
        await foreach (var file in files.Reader.ReadAllAsync(cancellationToken))
        {
            Check();
            yield return file;
        }
    }

    public Task<IReadOnlyList<TimelineLine>> ReadTimelineAsync(Actor actor, Guid tenantId, int count, CancellationToken cancellationToken)
    {
        Check();
        return Task.FromResult<IReadOnlyList<TimelineLine>>([.. Lines.Take(count)]);
    }

    public async Task<Added> AddAsync(Actor actor, TenantDetails details, CancellationToken cancellationToken)
    {
        Asked.Add($"add {details.Name}");
        Details = details;
        await Gate;
        Check();
        var isThere = Problem is null || Problem.Key.StartsWith("Tenants.Fault.There", StringComparison.Ordinal);
        return new Added(isThere ? Guid.Empty : null, Problem) { IsUnproven = IsUnproven };
    }

    public Task<Changed> ChangeAsync(Actor actor, Guid tenantId, TenantDetails seen, TenantDetails details, Undoing? read, CancellationToken cancellationToken)
    {
        (Seen, Details) = (seen, details);
        Asked.Add($"change to {details.Region}, {(read is null ? "asked" : "confirmed")}");
        return Task.FromResult(new Changed(Problem, Meanwhile, Undoes == read ? null : Undoes));
    }

    public Task<NewInvitation> InviteAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken)
    {
        Asked.Add("invite");
        return Task.FromResult(Made);
    }

    public Task RevokeInvitationAsync(Actor actor, Guid tenantId, Guid invitationId, CancellationToken cancellationToken)
    {
        Asked.Add($"revoke {invitationId}");
        return Task.CompletedTask;
    }

    public Task<Decision> SetReadyAsync(Actor actor, Guid tenantId, bool ready, IReadOnlyCollection<Guid> seen, CancellationToken cancellationToken)
    {
        Asked.Add($"ready {ready}");
        return Task.FromResult(new Decision(Problem));
    }

    public Task<Decision> SetClosedAsync(Actor actor, Guid tenantId, bool closed, Sentence? read, CancellationToken cancellationToken)
    {
        Asked.Add($"closed {closed}{(read is null ? "" : $" with {read.Arguments[0]}")}");
        return Task.FromResult(new Decision(Problem));
    }

    public async Task<Decision> WriteNoteAsync(Actor actor, Guid tenantId, string seen, string note, CancellationToken cancellationToken)
    {
        Asked.Add($"note {note} over {seen}");
        await Gate;
        Check();
        return new Decision(Problem);
    }

    private void Check()
    {
        if (Fault is { } fault)
            throw fault;
    }
}
