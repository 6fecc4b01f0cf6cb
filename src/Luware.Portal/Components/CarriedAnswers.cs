using System.Security.Cryptography;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Microsoft.AspNetCore.DataProtection;

namespace Luware.Portal.Components;

/// <summary>
/// Carries what Microsoft said over a redirect to the page that shows it. Encrypted and short-lived: an address that somebody else has made
/// cannot have the portal say what they like.
/// </summary>
internal sealed class CarriedAnswers(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("answer").ToTimeLimitedDataProtector();

    /// <returns>To go on an address that has parameters already; empty where there is nothing to carry.</returns>
    public string Parameter(RemoteAnswer? answer) => answer is null ? "" : $"&answer={_protector.Protect(JsonSerializer.Serialize(answer), Lifetime)}";

    /// <returns>Null where nothing was carried, or not by this portal a short time ago.</returns>
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
