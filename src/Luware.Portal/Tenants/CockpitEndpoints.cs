using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;

namespace Luware.Portal.Tenants;

/// <summary>The cockpit's file. It is what the address beside it lists, all pages of it.</summary>
internal static class CockpitEndpoints
{
    public static void MapCockpit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/tenants/export", (HttpContext http, ICockpit cockpit, CockpitCsv csv) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var rows = cockpit.ExportAsync(Actor.From(http.User)!, CockpitView.Parse(http.Request.QueryString.Value ?? ""), http.RequestAborted);
            return TypedResults.Stream(output => csv.WriteAsync(rows, output, http.RequestAborted), "text/csv; charset=utf-8", "tenants.csv");
        }).RequireAuthorization(Staff.SpecialistPolicy);
}
