using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>Chooses the domain of the application instances. Managed domains come first, because a federated domain may refuse new cloud users.</summary>
internal static class Domains
{
    public static (string Name, bool IsVerified, bool IsManaged) Choose(Organization organization, string? chosen)
    {
        var name = chosen ?? Recommend(organization);
        var domain = organization.Domains.FirstOrDefault(d => TeamsAnswers.IsSameName(d.Name, name));
        return domain is null ? (name, false, true) : (domain.Name, true, domain.IsManaged);
    }

    public static IReadOnlyList<ChoiceOption> Options(Organization organization) =>
        [.. InOrder(organization).Select(d => new ChoiceOption(d.Name, d.Name)
        {
            Note = d.IsManaged ? null : new Sentence("Whitelisting.Choices.Federated", d.Name),
        })];

    private static string Recommend(Organization organization) => InOrder(organization).Select(d => d.Name).FirstOrDefault() ?? string.Empty;

    /// <summary>The order: the managed default domain, the tenant's initial domain, other managed domains, federated domains.</summary>
    private static IEnumerable<VerifiedDomain> InOrder(Organization organization) => organization.Domains
        .OrderByDescending(d => d is { IsDefault: true, IsManaged: true })
        .ThenByDescending(d => d.IsInitial)
        .ThenByDescending(d => d.IsManaged)
        .ThenBy(d => d.Name, StringComparer.Ordinal);
}
