using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A direct grant by the portal to one person.</summary>
/// <param name="Kind">A trial before the group's grant, or a permanent exception.</param>
internal sealed record PersonalGrant(string Kind, Guid User, string Policy)
{
    public const string Trial = "trial";
    public const string Exception = "exception";

    public string Key => $"{Kind}/{User}/{Policy}";

    public string EndKey => $"end-{Key}";
}

/// <summary>
/// The portal's direct grants. They are remembered from when they begin, because readings lag behind and cannot tell who made a direct grant.
/// </summary>
/// <param name="settles">How long an unanswered grant may still take effect.</param>
internal sealed class PersonalGrants(IReadOnlyDictionary<string, PastAction> past, DateTimeOffset now, TimeSpan settles)
{
    private const string EndPrefix = "end-";

    private static readonly string[] Kinds = [PersonalGrant.Trial, PersonalGrant.Exception];

    /// <summary>The longest time that Microsoft names for a policy to reach a person.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Grants that were begun and not ended since, whether or not readings show them.</summary>
    public IReadOnlyList<PersonalGrant> Open { get; } = [.. past.Keys.Select(From).OfType<PersonalGrant>().Where(g => IsOpenIn(past, g, settles))];

    public PersonalGrant? FindTrial(Guid user, string policy) => Open.FirstOrDefault(g => g.Kind == PersonalGrant.Trial && Is(g, user, policy));

    /// <summary>True if a direct grant that readings show is the portal's, even if it has been removed and may show for a while.</summary>
    public bool IsOwn(Guid user, string policy) => Has(user, policy) || HasEnded(user, policy);

    /// <summary>
    /// Another policy that keeps this one from reaching a test user. A trial of the portal does not count, because it ends by itself, nor does a direct grant
    /// that the portal has removed.
    /// </summary>
    public string? RivalOf(EffectivePolicy read, Guid user, string policy) =>
        read.Rival(policy) is { } rival && FindTrial(user, rival) is null && !(read.IsDirect(rival) && HasEnded(user, rival)) ? rival : null;

    /// <summary>What must go before it reaches them: our own policy granted by somebody else, which hides what the groups bring; otherwise the rival.</summary>
    public string FirstToGo(EffectivePolicy read, Guid user, string policy, string rival) =>
        read.IsDirect(policy) && !IsOwn(user, policy) ? policy : rival;

    /// <summary>A direct grant by somebody else that an exception's would overwrite. Policies of groups do not keep an exception from a person.</summary>
    public string? OtherOf(EffectivePolicy read, Guid user, string policy) =>
        read.Direct is { } direct && !TeamsAnswers.IsSameName(direct, policy) && !IsOwn(user, direct) ? direct : null;

    /// <summary>When Teams accepted the grant; null if it did not, or so long ago that the grant must be requested again.</summary>
    public DateTimeOffset? AcceptedAt(PersonalGrant grant) =>
        Open.FirstOrDefault(g => g.Kind == grant.Kind && Is(g, grant.User, grant.Policy)) is { } open
        && past[open.Key] is { DoneAt: { } done } && now - done < Longest
            ? done
            : null;

    /// <summary>True if the direct grant is still the portal's. A policy that somebody else has put in its place stays.</summary>
    public static bool CanEnd(PersonalGrant grant, EffectivePolicy read) => read.IsRead && (read.Direct is null || read.IsDirect(grant.Policy));

    /// <summary>A grant whose state could not be read; the plan treats it neither as gone nor as removable.</summary>
    public static PlannedObject NotRead(PersonalGrant grant, string name) => new(
        grant.EndKey, name, new Sentence(grant.Kind == PersonalGrant.Trial ? "Grants.Kind.TrialEnd" : "Grants.Kind.ExceptionEnd"),
        ObjectState.Unknown, new Sentence("Grants.Effect.NotRead"),
        TeamsActions.Detail(GrantCommands.EffectivePolicy(grant.User)));

    /// <param name="instead">The impact on the person of another policy that comes into force instead; null if there is none.</param>
    public static PlannedObject End(PersonalGrant grant, string name, ObjectState state, Impact? instead = null)
    {
        var command = GrantCommands.TakeBack(grant.User);
        var (title, kind) = grant.Kind == PersonalGrant.Trial
            ? (new Sentence("Grants.EndTrial", name), new Sentence("Grants.Kind.TrialEnd"))
            : (new Sentence("Grants.EndException", name), new Sentence("Grants.Kind.ExceptionEnd"));
        var what = new Sentence(state == ObjectState.Later ? "Grants.TrialEnd.Later" : "Grants.TrialEnd.StillThere");
        return new PlannedObject(
            grant.EndKey, name, kind, state, what, TeamsActions.Detail(command),
            TeamsActions.Action(grant.EndKey, title, command, GrantPlanner.Roles, instead ?? Impact.Nobody));
    }

    public static bool IsEnd(string actionKey) => actionKey.StartsWith(EndPrefix, StringComparison.Ordinal);

    /// <summary>True if the person has the policy on trial or as an exception.</summary>
    private bool Has(Guid user, string policy) => Open.Any(g => Is(g, user, policy));

    /// <summary>True if the portal removed the grant so recently that readings may still show it.</summary>
    private bool HasEnded(Guid user, string policy) => !Has(user, policy) && past.Keys.Select(From).OfType<PersonalGrant>()
        .Any(g => Is(g, user, policy) && now - past.GetValueOrDefault(g.EndKey)?.DoneAt < Longest);

    private static bool Is(PersonalGrant grant, Guid user, string policy) => grant.User == user && TeamsAnswers.IsSameName(grant.Policy, policy);

    private static PersonalGrant? From(string key) =>
        key.Split('/', 3) is [var kind, var user, var policy] && Kinds.Contains(kind)
            ? new PersonalGrant(kind, Guid.Parse(user, CultureInfo.InvariantCulture), policy)
            : null;

    private static bool IsOpenIn(IReadOnlyDictionary<string, PastAction> past, PersonalGrant grant, TimeSpan settles)
    {
        var begun = past[grant.Key];
        var arrived = begun.DoneAt >= begun.BegunAt ? begun.DoneAt.Value : begun.BegunAt + settles;
        return !(past.GetValueOrDefault(grant.EndKey)?.DoneAt > arrived);
    }
}
