using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Tenants;
using Luware.Portal.Consent;
using Luware.Portal.Settings;
using Luware.Portal.SignIn;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>Holds back an address that asks too often of what needs no sign-in.</summary>
/// <remarks>By path and not by endpoint: the way back from Entra is answered by a handler that has none.</remarks>
internal sealed class RateLimits(IOptions<RateLimitSettings> settings) : IConfigureOptions<RateLimiterOptions>
{
    private static readonly PathString[] Limited = [SignInPaths.SignIn, ConsentPaths.Landing, NewLink.Address, NewInvitation.Address];

    public void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
    }

    /// <summary>An address, or the network of a line: who has one IPv6 address has all 2^64 of its /64.</summary>
    public static string Visitor(IPAddress? address)
    {
        const int LineBytes = 8, Bytes = 16;
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
            return address?.ToString() ?? "";
        var line = address.GetAddressBytes();
        Array.Clear(line, LineBytes, Bytes - LineBytes);
        return new IPAddress(line).ToString();
    }

    private RateLimitPartition<string> Partition(HttpContext context) =>
        Array.Exists(Limited, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            ? RateLimitPartition.GetSlidingWindowLimiter(Visitor(context.Connection.RemoteIpAddress), _ => Window())
            : RateLimitPartition.GetNoLimiter("");

    private SlidingWindowRateLimiterOptions Window() => new()
    {
        PermitLimit = settings.Value.AnonymousPerMinuteHere,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 6,
    };
}
