using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Onboarding.Steps.Whitelisting;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Reads the permissions that the person's session holds, for the page before any work.</summary>
public sealed class Permissions(IDelegatedScopes scopes, ISessions sessions)
{
    /// <summary>
    /// Derives the route from the choices. The portal creates the groups unless the customer does, or a reading has shown that nothing is left to create;
    /// before the first reading it assumes so, because asking for consent twice would be worse. It reads Azure unless a person vouches for the storage.
    /// </summary>
    public static DelegatedRoute RouteOf(OnboardingView? view)
    {
        if (view is null)
            return DelegatedRoute.ReadingOnly;

        var byHand = view.Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName).ByHand;
        var groups = view.Steps.FirstOrDefault(s => s.Step == SecurityGroupsStep.StepName);
        var route = new DelegatedRoute(
            MakesGroups: !byHand && groups?.Plan is not { IsFulfilled: true }, ReadsAzure: !view.Choices.Get<StorageChoice>(StorageStep.StepName).ByHand);
        return view.IsHanded ? OfSteps(route, view.Steps.Select(s => s.Step).ToHashSet(StringComparer.Ordinal)) : route;
    }

    /// <summary>A colleague is asked only for the permissions of the steps that were handed to them.</summary>
    private static DelegatedRoute OfSteps(DelegatedRoute route, HashSet<string> steps) => new(
        MakesGroups: route.MakesGroups && steps.Contains(SecurityGroupsStep.StepName), ReadsAzure: route.ReadsAzure && steps.Contains(StorageStep.StepName))
    {
        ReadsDirectory = steps.Any(s => s != StorageStep.StepName),
        UsesTeams = steps.Any(s => s is WhitelistingStep.StepName or PoliciesStep.StepName or GrantsStep.StepName),
    };

    /// <returns>Null if they cannot be read at the moment.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task<IReadOnlyList<DelegatedScope>?> ReadAsync(Actor actor, DelegatedRoute route, CancellationToken cancellationToken)
    {
        await sessions.RequireAsync(actor.Access, cancellationToken);
        try
        {
            return await scopes.ReadAsync(actor.Access, route, cancellationToken);
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
