using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Luware.Onboarding.Audit;

/// <summary>Something that somebody did, before it is an entry.</summary>
/// <param name="Kind">The name of a <see cref="Data.Entities.JournalKind"/> or one of <see cref="AuditKinds"/>.</param>
internal sealed record AuditLine(Guid TenantId, string Kind)
{
    public string Subject { get; init; } = "";

    public Guid? Person { get; init; }

    /// <summary>Set where the person is not of the customer's tenant.</summary>
    public Guid? PersonTenant { get; init; }

    public AuditData Data { get; init; } = [];
}

/// <summary>What an entry says besides, by name. Object ids of people, never their names; nothing secret.</summary>
internal sealed class AuditData() : SortedDictionary<string, object?>(StringComparer.Ordinal)
{
    // The text is sealed as it is and shown on pages that encode for themselves: a command should be readable in it.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Names in order, no white space, nothing that has no value: the same data is always the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(new SortedDictionary<string, object>(Known(), StringComparer.Ordinal), Options);

    private Dictionary<string, object> Known() =>
        this.Where(d => d.Value is not null).ToDictionary(d => d.Key, d => d.Value!, StringComparer.Ordinal);
}

/// <summary>What is in the audit and not in the journal, which tells what became of runs.</summary>
internal static class AuditKinds
{
    public const string SignedIn = nameof(SignedIn);
    public const string SignedOut = nameof(SignedOut);

    /// <summary>Somebody of the chain's own tenant has a session and may see nothing yet.</summary>
    public const string SignedInWithoutRight = nameof(SignedInWithoutRight);

    /// <summary>Somebody of the chain's own tenant was not let in.</summary>
    public const string SignInRefused = nameof(SignInRefused);

    /// <summary>Somebody of a tenant that nobody has invited; in the chain of Luware's own people.</summary>
    public const string StrangerRefused = nameof(StrangerRefused);
    public const string RoleLost = nameof(RoleLost);

    /// <summary>Entra lets one of Luware's own in no more, or not without signing in again; what they had open ended.</summary>
    public const string RenewalRefused = nameof(RenewalRefused);
    public const string LinkRefused = nameof(LinkRefused);
    public const string ConsentReturned = nameof(ConsentReturned);
    public const string ChoicesChanged = nameof(ChoicesChanged);
    public const string Downloaded = nameof(Downloaded);
    public const string Exported = nameof(Exported);
    public const string PersonErased = nameof(PersonErased);
    public const string JournalSwept = nameof(JournalSwept);
    public const string WritesStopped = nameof(WritesStopped);
    public const string WritesAllowed = nameof(WritesAllowed);
}
