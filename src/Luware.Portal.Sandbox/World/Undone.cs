namespace Luware.Portal.Sandbox.World;

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
