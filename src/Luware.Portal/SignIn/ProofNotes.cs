using System.Globalization;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace Luware.Portal.SignIn;

/// <summary>
/// What a person has to prove and has proven, among the properties of a sign-in: on the way to Entra in the handler's encrypted state, afterwards
/// in the session's encrypted ticket, where every portal sees it and where it ends with the session.
/// </summary>
internal static class ProofNotes
{
    /// <summary>Whoever proved something so lately is not asked for it again: it was not enough.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private const string Claims = "proof", Purpose = "proof-of", Proven = "proven-";

    public static Proof? WantedProof(this AuthenticationProperties? properties) =>
        properties?.GetString(Claims) is { } claims && Enum.TryParse<TokenPurpose>(properties.GetString(Purpose), out var purpose) ? new Proof(purpose, claims) : null;

    public static void Want(this AuthenticationProperties properties, Proof? proof)
    {
        properties.SetString(Claims, proof?.Claims);
        properties.SetString(Purpose, proof?.Purpose.ToString());
    }

    /// <summary>When the person proved it; null where that was not lately.</summary>
    public static DateTimeOffset? ProvenAt(this AuthenticationProperties properties, TokenPurpose purpose, DateTimeOffset now) =>
        DateTimeOffset.TryParse(properties.GetString(Proven + purpose), CultureInfo.InvariantCulture, out var at) && now - at < Lately ? at : null;

    /// <summary>Notes what a sign-in has proven, beside what others of the session have: two services would else send a person to and fro.</summary>
    /// <remarks>A sign-in of which nothing was wanted notes nothing, and what was not enough may be asked for again.</remarks>
    public static void Prove(this AuthenticationProperties properties, Proof proof, AuthenticationProperties? before, DateTimeOffset now)
    {
        foreach (var (key, value) in before?.Items.Where(i => i.Key.StartsWith(Proven, StringComparison.Ordinal)) ?? [])
            properties.SetString(key, value);
        properties.SetString(Proven + proof.Purpose, now.ToString("O", CultureInfo.InvariantCulture));
    }
}
