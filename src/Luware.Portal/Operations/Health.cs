using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>Live: the process answers. Ready: it can serve people.</summary>
internal static class Health
{
    // Each in its own limit: a probe must get its answer.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static void Add(IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StoreHealth>("database", timeout: Limit)
        .AddCheck<KeyRingHealth>("keys", timeout: Limit)
        .AddCheck<PoolHealth>("pool", timeout: Limit);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(HealthPaths.Live, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks(HealthPaths.Ready, new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>The state, and the names of what is not well: everybody may ask, so nothing else is said here. The reasons are in the log.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var troubles = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key).ToList();
        return context.Response.WriteAsync(troubles.Count == 0 ? $"{report.Status}" : $"{report.Status}: {string.Join(", ", troubles)}", context.RequestAborted);
    }
}
