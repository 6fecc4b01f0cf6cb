using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>Live: the process answers. Ready: it can serve people.</summary>
internal static class Health
{
    // Shorter than a probe waits, so that it gets an answer.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static void Add(IServiceCollection services) => services.AddSingleton<Readiness>().AddSingleton<KeyRingHealth>().AddHealthChecks()
        .AddCheck<StoreHealth>("database", timeout: Limit)
        .AddCheck<KeyRingHealth>("keys", timeout: Limit)
        .AddCheck<PoolHealth>("pool", timeout: Limit);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(HealthPaths.Live, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.Map(HealthPaths.Ready, AnswerAsync).AllowAnonymous();
    }

    /// <summary>Returns the status and the names of the failing checks. Anybody may ask, so the reasons are only in the log.</summary>
    private static async Task AnswerAsync(HttpContext context, Readiness readiness)
    {
        var report = await readiness.AskAsync(context.RequestAborted);
        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain";
        var troubles = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key).ToList();
        await context.Response.WriteAsync(troubles.Count == 0 ? $"{report.Status}" : $"{report.Status}: {string.Join(", ", troubles)}", context.RequestAborted);
    }
}
