using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Luware.Onboarding.Audit;

/// <summary>An event for the audit before it becomes an entry.</summary>
/// <param name="Kind">The name of a <see cref="Data.Entities.JournalKind"/> or one of <see cref="AuditKinds"/>.</param>
internal sealed record AuditLine(Guid TenantId, string Kind)
{
    public string Subject { get; init; } = "";

    public Guid? Person { get; init; }

    /// <summary>Set if the person does not belong to the customer's tenant.</summary>
    public Guid? PersonTenant { get; init; }

    public AuditData Data { get; init; } = [];
}

/// <summary>Further data of an entry, by name. Object ids of people, never their names; nothing secret.</summary>
internal sealed class AuditData() : SortedDictionary<string, object?>(StringComparer.Ordinal)
{
    // The text is sealed as it is and shown on pages that encode it themselves, so a command stays readable in it.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Serializes with sorted names, without white space and without null values, so that the same data always gives the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(new SortedDictionary<string, object>(Known(), StringComparer.Ordinal), Options);

    private Dictionary<string, object> Known() =>
        this.Where(d => d.Value is not null).ToDictionary(d => d.Key, d => d.Value!, StringComparer.Ordinal);
}

/// <summary>Kinds of entries that have no line in the journal.</summary>
internal static class AuditKinds
{
    public const string SignedIn = nameof(SignedIn);
    public const string SignedOut = nameof(SignedOut);

    /// <summary>A person of the chain's own tenant has a session but may not see anything yet.</summary>
    public const string SignedInWithoutRight = nameof(SignedInWithoutRight);

    /// <summary>A person of the chain's own tenant was refused at sign-in.</summary>
    public const string SignInRefused = nameof(SignInRefused);

    /// <summary>A person of a tenant that was never invited was refused; in the chain of Luware's own people.</summary>
    public const string StrangerRefused = nameof(StrangerRefused);
    public const string RoleLost = nameof(RoleLost);

    /// <summary>Entra no longer renews the sign-in of one of Luware's own people, at least not without a new sign-in; their pages ended.</summary>
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
