namespace Luware.Portal.Tokens;

/// <summary>
/// What Entra or a service requires a person to prove: a second factor, a device, a newer sign-in. A sign-in that does not ask for it returns through single
/// sign-on with the same insufficient proof.
/// </summary>
/// <param name="Purpose">The tokens for which it is required.</param>
/// <param name="Claims">Microsoft's own claims request, which a sign-in repeats.</param>
internal sealed record Proof(TokenPurpose Purpose, string Claims);
