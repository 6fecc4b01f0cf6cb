using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Storage;

namespace Luware.Onboarding.Onboarding;

/// <summary>Which permissions the person's session holds, for what is said before any work.</summary>
public sealed class Permissions(IDelegatedScopes scopes, ISessions sessions)
{
    /// <summary>The route leads through Azure, unless a person answers for the storage.</summary>
    public static bool NeedAzure(OnboardingView? view) => view?.Choices.Get<StorageChoice>(StorageStep.StepName).ByHand == false;

    /// <returns>Null where they could not be read now.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task<IReadOnlyList<DelegatedScope>?> ReadAsync(Actor actor, bool azure, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");

        try
        {
            return await scopes.ReadAsync(access, azure, cancellationToken);
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
