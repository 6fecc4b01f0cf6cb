using System.Globalization;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace Luware.Portal.SignIn;

/// <summary>
/// Stores what a person has to prove and has proven in the properties of a sign-in: during sign-in in the handler's encrypted state, afterwards in the
/// session's encrypted ticket, where every portal sees it and where it ends with the session.
/// </summary>
internal static class ProofNotes
{
    /// <summary>A person who proved something this recently is not asked for it again: it would not be enough this time either.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private const string Claims = "proof", Purpose = "proof-of", Proven = "proven-";

    public static Proof? WantedProof(this AuthenticationProperties? properties) =>
        properties?.GetString(Claims) is { } claims && Enum.TryParse<TokenPurpose>(properties.GetString(Purpose), out var purpose)
            ? new Proof(purpose, claims) : null;

    public static void Want(this AuthenticationProperties properties, Proof? proof)
    {
        properties.SetString(Claims, proof?.Claims);
        properties.SetString(Purpose, proof?.Purpose.ToString());
    }

    /// <summary>When the person proved it; null if not recently.</summary>
    public static DateTimeOffset? ProvenAt(this AuthenticationProperties properties, TokenPurpose purpose, DateTimeOffset now) =>
        DateTimeOffset.TryParse(properties.GetString(Proven + purpose), CultureInfo.InvariantCulture, out var at) && now - at < Lately ? at : null;

    /// <summary>
    /// Records what a sign-in has proven, in addition to the session's other proofs; otherwise two services could send a person back and forth.
    /// </summary>
    /// <remarks>A sign-in that was asked for no proof records nothing. A proof that was not enough may be asked for again.</remarks>
    public static void Prove(this AuthenticationProperties properties, Proof proof, AuthenticationProperties? before, DateTimeOffset now)
    {
        foreach (var (key, value) in before?.Items.Where(i => i.Key.StartsWith(Proven, StringComparison.Ordinal)) ?? [])
            properties.SetString(key, value);
        properties.SetString(Proven + proof.Purpose, now.ToString("O", CultureInfo.InvariantCulture));
    }
}
