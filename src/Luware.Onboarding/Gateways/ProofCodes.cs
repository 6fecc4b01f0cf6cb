namespace Luware.Onboarding.Gateways;

/// <summary>Codes of answers to a token that proves too little: the service requires a second factor, a device or a newer sign-in.</summary>
public static class ProofCodes
{
    /// <summary>OAuth's error code with which services ask for more proof.</summary>
    public const string Wanted = "insufficient_claims";

    /// <summary>The proof is still required after the person has signed in with it, so another sign-in would change nothing.</summary>
    public const string NotAccepted = "ProofNotAccepted";
}
