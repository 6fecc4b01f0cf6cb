using System.Text.RegularExpressions;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Grants;

internal static partial class GrantsRefusals
{
    private static readonly string[] Limits = ["at most", "maximum", "exceed", "limit"];

    public static Refusal? Explain(RemoteAnswer answer) => answer switch
    {
        _ when answer.MeansNotFound() => new GroupOrPolicyNotKnown(),
        _ when answer.MeansAccessDenied() => new GrantsNotAllowed(),
        _ when answer.Says("group") && Limits.Any(l => answer.Says(l)) && SixtyFour().IsMatch(answer.Message) => new TooManyGroups(),
        _ => null,
    };

    /// <summary>True if the answer to a direct grant says that Teams does not know the person. If it names a policy, the policy is unknown instead.</summary>
    public static bool MeansNobody(RemoteAnswer? answer) => answer.MeansNotFound() && !answer!.Message.Contains("policy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Matches the limit of 64 as a whole word, because ids may contain the same digits.</summary>
    [GeneratedRegex(@"\b64\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SixtyFour();
}

/// <summary>A policy type can be assigned to at most 64 groups of a tenant.</summary>
public sealed record TooManyGroups() : StepRefusal("Grants.TooManyGroups");

/// <summary>A new group or policy is not known everywhere in Teams yet.</summary>
public sealed record GroupOrPolicyNotKnown() : StepRefusal("Grants.NotKnown")
{
    public override WaitsFor On => WaitsFor.Microsoft;
}

/// <summary>The account is disabled, has no Teams licence, or belongs to no person. A new licence takes a while to reach Teams.</summary>
public sealed record PersonNotTaken(string Name) : StepRefusal("Grants.PersonNotTaken", Name)
{
    public override TimeSpan? LookAgainAfter => TimeSpan.FromHours(1);
}

public sealed record GrantsNotAllowed() : StepRefusal("Grants.AccessDenied");
