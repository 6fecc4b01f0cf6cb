using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Portal.SignIn;

namespace Luware.Portal.Tenants;

/// <summary>The cockpit's file: all pages of the list that its address describes.</summary>
internal static class CockpitEndpoints
{
    public static void MapCockpit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/tenants/export", async (HttpContext http, ICockpit cockpit, CockpitCsv csv, IAudit audit) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var (actor, view) = (Actor.From(http.User)!, CockpitView.Parse(http.Request.QueryString.Value ?? ""));
            // Recorded before the first row is written, so that no export goes unrecorded.
            await audit.ExportedAsync(actor, view, await cockpit.ReadAsync(actor, view, http.RequestAborted), http.RequestAborted);
            var rows = cockpit.ExportAsync(actor, view, http.RequestAborted);
            return TypedResults.Stream(output => csv.WriteAsync(rows, view.Closed, output, http.RequestAborted), "text/csv; charset=utf-8", "tenants.csv");
        }).AsksForRoles().RequireAuthorization(Staff.Policy).DisableRequestTimeout(); // A download takes as long as the reader's connection needs.
}
