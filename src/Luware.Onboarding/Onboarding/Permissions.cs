using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;

namespace Luware.Onboarding.Onboarding;

/// <summary>Which permissions the person's session holds, for what is said before any work.</summary>
public sealed class Permissions(IDelegatedScopes scopes, ISessions sessions)
{
    /// <summary>
    /// The portal makes the groups unless the customer wants to, or a reading has shown that nothing is left to make; before the first
    /// reading nobody knows, and asking twice would be worse. It reads Azure unless a person answers for the storage.
    /// </summary>
    public static DelegatedRoute RouteOf(OnboardingView? view)
    {
        if (view is null)
            return DelegatedRoute.ReadingOnly;

        var byHand = view.Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName).ByHand;
        var groups = view.Steps.FirstOrDefault(s => s.Step == SecurityGroupsStep.StepName);
        return new DelegatedRoute(
            MakesGroups: !byHand && groups?.Plan is not { IsFulfilled: true }, ReadsAzure: !view.Choices.Get<StorageChoice>(StorageStep.StepName).ByHand);
    }

    /// <returns>Null where they could not be read now.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task<IReadOnlyList<DelegatedScope>?> ReadAsync(Actor actor, DelegatedRoute route, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");

        try
        {
            return await scopes.ReadAsync(access, route, cancellationToken);
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
