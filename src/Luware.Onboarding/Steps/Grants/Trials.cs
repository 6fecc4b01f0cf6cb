using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The first stage of a grant that can stop calls: one test user has the policy alone, by a grant of their own that goes again in the end.</summary>
internal sealed class Trials(IReadOnlyDictionary<string, PastAction> past)
{
    private const string Prefix = "trial/";

    public static string Key(Guid user) => $"{Prefix}{user}";

    public static string EndKey(Guid user) => $"end-trial/{user}";

    /// <summary>People to whom the portal itself has granted the policy directly since the step was last taken back.</summary>
    public IReadOnlyList<Guid> Begun { get; } =
    [
        .. past.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Select(k => Guid.Parse(k.AsSpan(Prefix.Length), CultureInfo.InvariantCulture)),
    ];

    /// <summary>The person's own grant is still there, and it is the portal's.</summary>
    public bool IsOn(Guid user, EffectivePolicy read, string policy) => Begun.Contains(user) && read.IsDirect(policy);

    public static PlannedObject End(Guid user, string name, ObjectState state)
    {
        var command = GrantCommands.EndTrial(user);
        var action = TeamsActions.Action(EndKey(user), new Sentence("Grants.EndTrial", name), command, GrantPlanner.Roles, Impact.Nobody);
        var what = new Sentence(state == ObjectState.Later ? "Grants.TrialEnd.Later" : "Grants.TrialEnd.StillThere");
        return new PlannedObject(EndKey(user), name, new Sentence("Grants.Kind.TrialEnd"), state, what, TeamsActions.Detail(command), action);
    }
}
