using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>One person who has a policy alone, by a direct grant of the portal's.</summary>
internal sealed record Trial(Guid User, string Policy)
{
    public string Key => $"{Trials.Prefix}{User}/{Policy}";

    public string EndKey => $"end-{Key}";
}

/// <summary>The first stage of a grant that can stop calls. What the portal has begun is remembered, because readings are late and cannot tell whose a direct grant is.</summary>
/// <param name="settles">For so long a grant that was begun, and of which no answer came, may still arrive.</param>
internal sealed class Trials(IReadOnlyDictionary<string, PastAction> past, DateTimeOffset now, TimeSpan settles)
{
    public const string Prefix = "trial/";

    /// <summary>A day is the longest that Microsoft names for a policy to reach a person.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Trials that were begun and not ended since, shown by readings or not.</summary>
    public IReadOnlyList<Trial> Open { get; } = [.. past.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Select(From).Where(t => IsOpenIn(past, t, settles))];

    public Trial? Find(Guid user, string policy) => Open.FirstOrDefault(t => t.User == user && TeamsAnswers.IsSameName(t.Policy, policy));

    /// <summary>When Teams accepted it; null where it was not, or so long ago that it is to be asked for again.</summary>
    public DateTimeOffset? AcceptedAt(Guid user, string policy) =>
        Find(user, policy) is { } trial && past[trial.Key] is { DoneAt: { } done } && now - done < Longest ? done : null;

    /// <summary>A grant of the portal's goes; one that somebody else has put in its place since stays.</summary>
    public static bool CanEnd(Trial trial, EffectivePolicy read) => read.Direct is null || read.IsDirect(trial.Policy);

    public static PlannedObject End(Trial trial, string name, ObjectState state)
    {
        var command = GrantCommands.EndTrial(trial.User);
        var action = TeamsActions.Action(trial.EndKey, new Sentence("Grants.EndTrial", name), command, GrantPlanner.Roles, Impact.Nobody);
        var what = new Sentence(state == ObjectState.Later ? "Grants.TrialEnd.Later" : "Grants.TrialEnd.StillThere");
        return new PlannedObject(trial.EndKey, name, new Sentence("Grants.Kind.TrialEnd"), state, what, TeamsActions.Detail(command), action);
    }

    public static bool IsEnd(string actionKey) => actionKey.StartsWith($"end-{Prefix}", StringComparison.Ordinal);

    private static Trial From(string key)
    {
        var rest = key.AsSpan(Prefix.Length);
        var slash = rest.IndexOf('/');
        return new Trial(Guid.Parse(rest[..slash], CultureInfo.InvariantCulture), rest[(slash + 1)..].ToString());
    }

    private static bool IsOpenIn(IReadOnlyDictionary<string, PastAction> past, Trial trial, TimeSpan settles)
    {
        var begun = past[trial.Key];
        var arrived = begun.DoneAt >= begun.BegunAt ? begun.DoneAt.Value : begun.BegunAt + settles;
        return !(past.GetValueOrDefault(trial.EndKey)?.DoneAt > arrived);
    }
}
