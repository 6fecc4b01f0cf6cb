namespace Luware.Onboarding.Steps.Grants;

/// <param name="GroupId">Another group than the recorded-users groups of step 1; null for those.</param>
/// <param name="TestUsers">Members of that other group whose effective policy proves the grant; for the groups of step 1 they are chosen there.</param>
public sealed record GrantsChoice(Guid? GroupId, IReadOnlyList<Guid> TestUsers)
{
    public GrantsChoice() : this(null, [])
    {
    }
}
