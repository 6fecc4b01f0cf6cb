using System.Globalization;
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

/// <summary>Limits how often one address may call the endpoints that need no sign-in.</summary>
/// <remarks>Limits paths and not endpoints, because the handler that receives people back from Entra has no endpoint.</remarks>
internal sealed class RateLimits(IOptions<RateLimitSettings> settings) : IConfigureOptions<RateLimiterOptions>
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private static readonly PathString[] Limited = [SignInPaths.SignIn, ConsentPaths.Landing, NewLink.Address, NewInvitation.Address];

    public void Configure(RateLimiterOptions options)
    {
        options.OnRejected = (refused, _) =>
        {
            Refuse(refused.HttpContext.Response);
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
    }

    /// <summary>Refuses a request over the limit, and tells after which time none of the earlier requests counts any more.</summary>
    public static void Refuse(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = Period.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The IPv4 address, or the /64 network of an IPv6 address, because whoever has one address of a /64 has all 2^64.</summary>
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

    public static SlidingWindowRateLimiterOptions Window(int perMinute) => new()
    {
        PermitLimit = perMinute,
        Window = Period,
        SegmentsPerWindow = 6,
    };

    private RateLimitPartition<string> Partition(HttpContext context) =>
        Array.Exists(Limited, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            ? RateLimitPartition.GetSlidingWindowLimiter(Visitor(context.Connection.RemoteIpAddress), _ => Window(settings.Value.AnonymousPerMinuteHere))
            : RateLimitPartition.GetNoLimiter("");
}
