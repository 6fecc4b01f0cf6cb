namespace Luware.Portal.Tokens;

/// <summary>
/// What Entra or a service wants a person to prove: a second factor, a device, a newer sign-in. A sign-in that does not ask for it comes back
/// by single sign-on with what was not enough before.
/// </summary>
/// <param name="Purpose">The tokens for which it is wanted.</param>
/// <param name="Claims">Microsoft's own words, which a sign-in repeats.</param>
internal sealed record Proof(TokenPurpose Purpose, string Claims);
