using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The wanted policies, at least one; initially the article's fail-close policy.</summary>
public sealed record PoliciesChoice
{
    public PoliciesChoice() : this(policies: null)
    {
    }

    /// <param name="policies">Null or empty for Luware's recommendation.</param>
    [JsonConstructor]
    public PoliciesChoice(IReadOnlyList<PolicyChoice>? policies) =>
        Policies = policies is { Count: > 0 } ? policies : [PolicyChoice.Recommended(RecordingRules.FailClose, others: [])];

    public IReadOnlyList<PolicyChoice> Policies { get; }

    public PoliciesChoice Add() => new([.. Policies, PolicyChoice.Recommended(RecordingRules.FailClose, Policies)]);

    public PoliciesChoice Remove(int index) => new([.. Policies.Where((_, i) => i != index)]);

    public PoliciesChoice Replace(int index, PolicyChoice policy) => new([.. Policies.Select((p, i) => i == index ? policy : p)]);

    public IReadOnlyList<PolicyChoice> Without(int index) => [.. Policies.Where((_, i) => i != index)];

    /// <summary>A suffix for keys within the step, so that the keys of two policies differ.</summary>
    internal string KeyEndOf(PolicyChoice policy) => Policies.Count == 1 ? string.Empty : $"/{policy.Name}";
}

/// <param name="Name">The policy's identity, by which other steps grant it.</param>
public sealed partial record PolicyChoice(string Name, string Description, RecordingRules Rules)
{
    /// <summary>A pattern, for .NET and PowerShell, of every description that <see cref="Recommended"/> gives.</summary>
    internal const string RecommendedDescription = "Luware Recording (Fail Close|Fail Open|Custom) [0-9]+";

    /// <summary>No call without the recorder in all four cases; recommended.</summary>
    [JsonIgnore]
    public bool FailClose => Rules == RecordingRules.FailClose;

    /// <summary>True if it can stop calls in at least one of the four cases.</summary>
    [JsonIgnore]
    public bool CanStopCalls => Rules.CanStopCalls;

    /// <summary>A new policy named in the article's style, with a name that none of the others has.</summary>
    public static PolicyChoice Recommended(RecordingRules rules, IReadOnlyList<PolicyChoice> others) =>
        Enumerable.Range(1, others.Count + 1).Select(n => new PolicyChoice(NameOf(rules, n), DescriptionOf(rules, n), rules))
            .First(p => !others.Any(o => TeamsAnswers.IsSameName(o.Name, p.Name)));

    /// <summary>Returns a copy with other rules. A recommended name and description follow the rules; a person's own text stays.</summary>
    /// <param name="exists">
    /// Whether the policy exists in the tenant. Then it keeps its name: under another name it would be a different policy, and the people who have this one
    /// would not get the new rules.
    /// </param>
    public PolicyChoice With(RecordingRules rules, IReadOnlyList<PolicyChoice> others, bool exists)
    {
        var recommended = Recommended(rules, others);
        return new PolicyChoice(
            !exists && IsRecommended(Name, Rules, NameOf) ? recommended.Name : Name,
            IsRecommended(Description, Rules, DescriptionOf) ? recommended.Description : Description, rules);
    }

    /// <summary>True for a description that nobody typed: it is recommended for these or other rules.</summary>
    internal static bool IsRecommendedDescription(string text) => AnyRecommended().IsMatch(text);

    private static bool IsRecommended(string text, RecordingRules rules, Func<RecordingRules, int, string> recommended) =>
        int.TryParse(text.AsSpan(text.TrimEnd([.. "0123456789"]).Length), CultureInfo.InvariantCulture, out var number) && text == recommended(rules, number);

    private static string NameOf(RecordingRules rules, int number) =>
        $"luwarerecording{Words(rules).Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant()}{Sentence.Number(number)}";

    private static string DescriptionOf(RecordingRules rules, int number) => $"Luware Recording {Words(rules)} {Sentence.Number(number)}";

    [GeneratedRegex($"^{RecommendedDescription}\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyRecommended();

    private static string Words(RecordingRules rules) => rules.Pick("Fail Close", "Fail Open", "Custom");
}
