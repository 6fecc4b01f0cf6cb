namespace Luware.Portal.Sandbox.World;

/// <summary>A further tenant of the sandbox, onboarded except for one thing.</summary>
/// <param name="Is2N">Whether it is in Germany, where a second application is paired with the first; otherwise in Switzerland.</param>
public sealed record Prepared(Undone Undone, bool Is2N = false);

/// <summary>What is missing in an otherwise onboarded tenant. Things that depend on it are missing as well.</summary>
public enum Undone
{
    Nothing,
    Groups,
    Consent,
    Instances,
    Policies,
    Grants,
    Storage,
    ChatCapture,
}
