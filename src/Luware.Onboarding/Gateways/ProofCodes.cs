namespace Luware.Onboarding.Gateways;

/// <summary>Codes of answers to a token that proves too little: a service wants a second factor, a device or a newer sign-in.</summary>
public static class ProofCodes
{
    /// <summary>OAuth's own word for it, in which services ask for it.</summary>
    public const string Wanted = "insufficient_claims";

    /// <summary>It is still wanted after the person has signed in with it: another sign-in would change nothing.</summary>
    public const string NotAccepted = "ProofNotAccepted";
}
