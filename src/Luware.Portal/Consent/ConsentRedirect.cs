using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;

namespace Luware.Portal.Consent;

/// <summary>What Entra's admin consent page sent back. Nothing of it proves anything: it is only what a page may say.</summary>
/// <param name="Answer">What Entra says went wrong; null where it speaks of success.</param>
internal sealed record ConsentRedirect(string? State, string? Tenant, RemoteAnswer? Answer)
{
    public static ConsentRedirect From(IQueryCollection query) => new(
        EntraAnswer.Value(query, "state"), EntraAnswer.Value(query, "tenant"),
        EntraAnswer.From(query) ?? (IsGranted(query) ? null : new RemoteAnswer(EntraAnswer.Service, "", "", "Neither a consent nor an error came back.", null)));

    private static bool IsGranted(IQueryCollection query) =>
        string.Equals(EntraAnswer.Value(query, "admin_consent"), "True", StringComparison.OrdinalIgnoreCase);
}
