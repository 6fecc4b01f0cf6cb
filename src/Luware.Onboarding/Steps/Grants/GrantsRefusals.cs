using System.Text.RegularExpressions;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Grants;

internal static partial class GrantsRefusals
{
    private static readonly string[] Limits = ["at most", "maximum", "exceed", "limit"];

    public static Refusal? Explain(RemoteAnswer answer) => answer switch
    {
        _ when answer.MeansAlreadyThere() => new GroupHasAnotherPolicy(),
        _ when answer.MeansNotFound() => new GroupOrPolicyNotKnown(),
        _ when answer.MeansAccessDenied() => new GrantsNotAllowed(),
        _ when answer.Says("group") && Limits.Any(l => answer.Says(l)) && SixtyFour().IsMatch(answer.Message) => new TooManyGroups(),
        _ => null,
    };

    /// <summary>The answer to a grant for one person: whom Teams does not know, or, where it names one, which policy.</summary>
    public static bool MeansNobody(RemoteAnswer? answer) => answer.MeansNotFound() && !answer!.Message.Contains("policy", StringComparison.OrdinalIgnoreCase);

    /// <summary>As a word of its own: ids hold the same two digits.</summary>
    [GeneratedRegex(@"\b64\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SixtyFour();
}

/// <summary>A policy type can be assigned to at most 64 groups of a tenant.</summary>
public sealed record TooManyGroups() : StepRefusal("Grants.TooManyGroups");

public sealed record GroupHasAnotherPolicy() : StepRefusal("Grants.AnotherPolicy");

/// <summary>A new group or policy is not known everywhere in Teams for a while.</summary>
public sealed record GroupOrPolicyNotKnown() : StepRefusal("Grants.NotKnown")
{
    public override WaitsFor On => WaitsFor.Microsoft;
}

/// <summary>A disabled account, one without a licence for Teams, or one that is no person's. A new licence arrives in Teams after a while.</summary>
public sealed record PersonNotTaken(string Name) : StepRefusal("Grants.PersonNotTaken", Name)
{
    public override TimeSpan? LookAgainAfter => TimeSpan.FromHours(1);
}

public sealed record GrantsNotAllowed() : StepRefusal("Grants.AccessDenied");
