namespace Luware.Portal.Sandbox.World;

/// <summary>A further tenant of the sandbox, onboarded but for one thing.</summary>
/// <param name="Is2N">In Germany, where a second application is paired with the first; else in Switzerland.</param>
public sealed record Prepared(Undone Undone, bool Is2N = false);

/// <summary>What is still to be done in a tenant that is onboarded otherwise. Where something rests on it, that is to be done as well.</summary>
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
