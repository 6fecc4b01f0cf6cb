using System.Security.Cryptography;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Microsoft.AspNetCore.DataProtection;

namespace Luware.Portal.Components;

/// <summary>
/// Carries Microsoft's answer over a redirect to the page that shows it. It is encrypted and short-lived, so a crafted address cannot make the portal show a
/// text of its choice.
/// </summary>
internal sealed class CarriedAnswers(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("answer").ToTimeLimitedDataProtector();

    /// <returns>A parameter to append to an address that already has parameters; empty if there is nothing to carry.</returns>
    public string Parameter(RemoteAnswer? answer) => answer is null ? "" : $"&answer={_protector.Protect(JsonSerializer.Serialize(answer), Lifetime)}";

    /// <returns>Null if there was no answer, or it was not created by this portal a short time ago.</returns>
    public RemoteAnswer? Read(string? carried)
    {
        if (string.IsNullOrEmpty(carried))
            return null;
        try
        {
            return JsonSerializer.Deserialize<RemoteAnswer>(_protector.Unprotect(carried));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
