using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Finds people of the customer's tenant for a person who makes a choice.</summary>
public interface IPeopleSearch
{
    /// <returns>Null if the directory, or the portal's own database, is unavailable.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person holds no directory role that a step needs.</exception>
    Task<IReadOnlyList<ChoiceOption>?> FindAsync(Actor actor, string text, CancellationToken cancellationToken);
}

internal sealed class PeopleSearch(Admission admission, IDirectory directory, RemoteCalls calls) : IPeopleSearch
{
    public async Task<IReadOnlyList<ChoiceOption>?> FindAsync(Actor actor, string text, CancellationToken cancellationToken)
    {
        try
        {
            await admission.AdmitToAsync(actor, step: null, cancellationToken);
            var answer = await calls.AskForPersonAsync(
                token => directory.SearchPeopleAsync(actor.Access, text, token), said: null, explain: null, cancellationToken);
            return answer.Value?.Select(SecurityGroupsStep.Option).ToList();
        }
        catch (Exception fault) when (StoreFaults.IsPassing(fault) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
