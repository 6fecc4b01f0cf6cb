using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>
/// The policy that applies to everybody without another one. Luware does not support recording a whole tenant: if somebody has linked a recorder to it by
/// hand, the plan reports it and leaves it to people.
/// </summary>
internal static class GlobalPolicy
{
    private const string Name = "Global";

    public static bool Is(string policy) => TeamsAnswers.IsSameName(policy, Name);

    /// <param name="links">The application instances that it invites.</param>
    /// <param name="ours">Luware's application instances: what each is called, by object id.</param>
    public static IEnumerable<PlannedObject> Objects(IEnumerable<FoundLink> links, IReadOnlyDictionary<Guid, string> ours) =>
        links.Where(l => ours.ContainsKey(l.ObjectId)).Select(link => new PlannedObject(
            $"global/{link.ObjectId}", Name, new Sentence("Policies.Kind.Global"), ObjectState.Found,
            new Sentence("Policies.Global.Invites", ours[link.ObjectId], link.Rules.Words()), TeamsActions.Detail(PolicyCommands.ListApplications))
        {
            IsAside = true,
            Warnings =
            [
                new Sentence("Policies.Global.Everybody"),
                new Sentence("Policies.Global.Remove", PolicyCommands.Unlink(Name, link.ObjectId).ToPowerShell()),
            ],
        });
}
