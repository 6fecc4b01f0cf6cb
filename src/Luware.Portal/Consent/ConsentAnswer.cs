using Luware.Onboarding.Consent;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;

namespace Luware.Portal.Consent;

/// <summary>Reads Entra's answer from the address of the admin consent redirect.</summary>
internal static class ConsentAnswer
{
    public static ConsentRedirect From(IQueryCollection query) => new(
        EntraAnswer.Value(query, "state"), EntraAnswer.Value(query, "tenant"),
        EntraAnswer.From(query)
            ?? (IsGranted(query) ? null : new RemoteAnswer(EntraAnswer.Service, "", "", "Neither a consent nor an error came back.", null)));

    private static bool IsGranted(IQueryCollection query) =>
        string.Equals(EntraAnswer.Value(query, "admin_consent"), "True", StringComparison.OrdinalIgnoreCase);
}
