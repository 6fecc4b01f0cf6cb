using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The policy that holds for everybody without another. Luware supports none for the whole tenant: where somebody has linked a recorder to it by hand, that is said and left to people.</summary>
internal static class GlobalPolicy
{
    private const string Name = "Global";

    public static bool Is(string policy) => TeamsAnswers.IsSameName(policy, Name);

    /// <param name="links">Whom it invites.</param>
    /// <param name="isOurs">Whether an application instance is one of Luware's.</param>
    public static IEnumerable<PlannedObject> Objects(IEnumerable<FoundLink> links, Func<Guid, bool> isOurs) => links.Where(l => isOurs(l.ObjectId)).Select(link =>
        new PlannedObject(
            $"global/{link.ObjectId}", Name, new Sentence("Policies.Kind.Global"), ObjectState.Found, new Sentence("Policies.Global.Invites", $"{link.ObjectId}", link.Rules.Words()),
            TeamsActions.Detail(PolicyCommands.ListApplications))
        {
            IsAside = true,
            Warnings = [new Sentence("Policies.Global.Everybody"), new Sentence("Policies.Global.Remove", PolicyCommands.Unlink(Name, link.ObjectId).ToPowerShell())],
        });
}
