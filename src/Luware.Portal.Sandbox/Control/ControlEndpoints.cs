using Luware.Portal.Sandbox.World;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Luware.Portal.Sandbox.Control;

/// <summary>Endpoints by which people and tests inspect and change the world from outside.</summary>
public static class ControlEndpoints
{
    public static IServiceCollection AddControl(this IServiceCollection services) => services.AddHttpClient().AddSingleton<ReadyFlag>();

    public static void MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Show);
        routes.MapGet("/sandbox.css", () => TypedResults.Stream(typeof(ControlEndpoints).Assembly.GetManifestResourceStream("sandbox.css")!, "text/css"));

        var control = routes.MapGroup("/control").AddEndpointFilter(RequireOwnOriginAsync).DisableAntiforgery();
        control.MapPost("/faults", (FaultRequest faults, SandboxFaults current, SandboxTenants tenants) =>
            Switch(faults, current, tenants, Results.Ok()));
        control.MapPost("/faults/form", async (HttpRequest request, SandboxFaults current, SandboxTenants tenants, CancellationToken cancellationToken) =>
        {
            var faults = FaultRequest.From(await request.ReadFormAsync(cancellationToken));
            var back = string.IsNullOrEmpty(faults.Tenant) ? "/#faults" : $"/?faults={Uri.EscapeDataString(faults.Tenant)}#faults";
            return Switch(faults, current, tenants, Results.Redirect(back));
        });
        control.MapPost("/portal", (AnnouncedPortal portal, Applications applications) => applications.AnnouncePortal(portal.Address));
        control.MapPost("/ready/{tenantId:guid}", async (Guid tenantId, [FromForm] bool ready, ReadyFlag flag, CancellationToken cancellationToken) =>
            TypedResults.Redirect(
                await flag.SetAsync(tenantId, ready, cancellationToken) ? $"/?ready={ready}&tenant={tenantId}#{tenantId}" : $"/?ready=failed#{tenantId}"));
        control.MapPost("/roles/{tenantId:guid}/{personId:guid}", Activate);
    }

    // A misspelled tenant would otherwise mean every tenant, or the right one; a misspelled person nobody.
    private static IResult Switch(FaultRequest request, SandboxFaults faults, SandboxTenants tenants, IResult done)
    {
        if (request.Unknown(tenants) is { } name)
            return Results.BadRequest($"There is no '{name}' in this world.");

        request.ApplyTo(faults, tenants);
        return done;
    }

    private static RazorComponentResult<ControlPage> Show(HttpRequest request, SandboxTenants tenants, SandboxFaults faults, Applications applications)
    {
        var only = tenants.Find(request.Query["faults"]);
        return new RazorComponentResult<ControlPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ControlPage.Tenants)] = tenants.All,
            [nameof(ControlPage.Faults)] = only is null ? faults : faults.Of(only),
            [nameof(ControlPage.Only)] = only,
            [nameof(ControlPage.PortalAddress)] = applications.PortalAddress,
            [nameof(ControlPage.Notice)] = Notice(request, tenants),
        })
        { PreventStreamingRendering = true };
    }

    private static string? Notice(HttpRequest request, SandboxTenants tenants) => request.Query["ready"].ToString() switch
    {
        "" => null,
        "failed" => "The portal did not take the ready flag. Is it running, and is this tenant one of its customers?",
        "True" => $"Luware's ready flag is set for {tenants.Find(request.Query["tenant"])?.Name}.",
        _ => $"Luware's ready flag is cleared for {tenants.Find(request.Query["tenant"])?.Name}.",
    };

    /// <summary>Activates eligible roles, as a person does in Privileged Identity Management.</summary>
    private static RedirectHttpResult Activate(Guid tenantId, Guid personId, SandboxTenants tenants)
    {
        if (tenants.Find(tenantId.ToString()) is { } tenant && tenant.FindPerson(personId.ToString()) is { } person)
            tenant.SetRoles(personId, person.Roles.Union(person.EligibleRoles));
        return TypedResults.Redirect($"/#{tenantId}");
    }

    // Pages of other sites must not change anything here; programs send no Origin header.
    private static ValueTask<object?> RequireOwnOriginAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}" ? next(context) : ValueTask.FromResult<object?>(TypedResults.BadRequest());
    }
}

/// <summary>Sent by a portal to announce its address.</summary>
internal sealed record AnnouncedPortal(Uri Address);
