namespace Luware.Onboarding.Engine;

/// <summary>Tells whether a person still holds the roles that admit them.</summary>
public interface IRoleLoss
{
    /// <summary>True when a role by which the person was admitted is gone: one that a step needs, or one of Luware's own people.</summary>
    /// <param name="roles">Directory roles (template ids) that are active now.</param>
    /// <param name="appRoles">App roles of the portal that the person holds now.</param>
    bool HasLost(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles);
}
