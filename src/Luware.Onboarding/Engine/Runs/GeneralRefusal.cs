using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>A "no" that any step may meet. Its five sentences stand under one key.</summary>
internal sealed record GeneralRefusal(string Name, params IReadOnlyList<string> Arguments) : Refusal(
    new Sentence($"Engine.{Name}.Title", Arguments), new Sentence($"Engine.{Name}.What", Arguments), new Sentence($"Engine.{Name}.WhoCanFix", Arguments),
    new Sentence($"Engine.{Name}.WhenAgain", Arguments), new Sentence($"Engine.{Name}.Letter", Arguments))
{
    /// <summary>Every name that can occur, for the test that each has its texts.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["RoleMissing", "ConditionalAccess", "SecondFactor", "OtherDirectory", "NotAssigned", "AdminConsent", "Misconfigured", "AccessDenied", "Refused"];

    /// <param name="needed">Directory roles of which one would do.</param>
    public static GeneralRefusal RoleMissing(IReadOnlyList<Guid> needed) =>
        new("RoleMissing", Sentence.KeyArgument(needed.Select(id => $"Role.{id}")));

    /// <summary>The best explanation that does not depend on the step.</summary>
    public static GeneralRefusal Of(RemoteAnswer answer) => new(NameOf(answer), answer.Service);

    private static string NameOf(RemoteAnswer answer) => answer.Code switch
    {
        "AADSTS53000" or "AADSTS53001" or "AADSTS53003" or "AADSTS530035" => "ConditionalAccess",
        "AADSTS50076" or "AADSTS50079" => "SecondFactor",
        "AADSTS50020" or "AADSTS90072" => "OtherDirectory",
        "AADSTS50105" => "NotAssigned",
        "AADSTS65001" or "AADSTS65004" or "AADSTS90094" or "AADSTS90095" => "AdminConsent",
        "AADSTS50011" or "AADSTS700016" or "AADSTS500011" or "AADSTS650052" or "AADSTS650057" or "AADSTS900971" => "Misconfigured",
        "Authorization_RequestDenied" or "Forbidden" or "accessDenied" => "AccessDenied",
        _ when answer.Category is "403" or "PermissionDenied" => "AccessDenied",
        _ => "Refused",
    };
}
