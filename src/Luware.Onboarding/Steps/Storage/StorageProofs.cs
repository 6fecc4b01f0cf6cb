using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>
/// What no reading can find again: when a test blob was written and where, who answered for which account. It lies with the step's
/// readings, and counts for the very container or account that it was said of.
/// </summary>
internal static class StorageProofs
{
    private const string ProbedAt = "storage/probed-at";
    private const string ProbedWhere = "storage/probed-where";
    private const string AttestedAt = "storage/attested-at";
    private const string AttestedBy = "storage/attested-by";
    private const string AttestedWhat = "storage/attested-what";

    private static readonly string[] Keys = [ProbedAt, ProbedWhere, AttestedAt, AttestedBy, AttestedWhat];

    public static Dictionary<string, string> RememberedProofs(this StepContext context) =>
        Keys.Select(key => (key, Value: context.Find(key))).Where(p => p.Value is not null).ToDictionary(p => p.key, p => p.Value!, StringComparer.Ordinal);

    public static DateTimeOffset? FindProbe(this StepContext context, StorageAccountId id, string container) =>
        context.Find(ProbedWhere) == Where(id, container) ? context.FindMoment(ProbedAt) : null;

    public static StepOutcome.Done Probed(DateTimeOffset at, StorageAccountId id, string container)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal) { [ProbedWhere] = Where(id, container) };
        found.Keep(ProbedAt, at);
        return new StepOutcome.Done { Found = found };
    }

    public static (string Person, DateTimeOffset At)? FindAttestation(this StepContext context, string account) =>
        context.Find(AttestedWhat) == account && context.Find(AttestedBy) is { } person && context.FindMoment(AttestedAt) is { } at ? (person, at) : null;

    public static StepOutcome.Done Attested(DateTimeOffset at, string person, string account)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal) { [AttestedWhat] = account, [AttestedBy] = person };
        found.Keep(AttestedAt, at);
        return new StepOutcome.Done { Found = found };
    }

    private static string Where(StorageAccountId id, string container) => $"{id}/{container}".ToUpperInvariant();
}
