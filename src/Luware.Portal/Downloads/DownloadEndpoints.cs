using System.Text;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Portal.Operations;
using Luware.Portal.SignIn;

namespace Luware.Portal.Downloads;

internal static class DownloadEndpoints
{
    // Without a byte order mark, Windows PowerShell reads a script in the machine's legacy code page.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public static void MapDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/downloads/undo/{step}.ps1", async (string step, bool? withChosen, HttpContext http, IEngine engine, IAudit audit) =>
            await ScriptAsync(http, audit, $"undo-{step}.ps1",
                await engine.GetUndoScriptAsync(Actor.From(http.User)!, step, withChosen ?? false, http.RequestAborted)))
                .AsksForRoles(FileKind.WayBack);
        routes.MapGet("/downloads/script.ps1", async (HttpContext http, IEngine engine, IAudit audit) =>
            await ScriptAsync(http, audit, "luware-onboarding.ps1", await engine.GetScriptAsync(Actor.From(http.User)!, null, http.RequestAborted)))
                .AsksForRoles();
        routes.MapGet("/downloads/script/{step}.ps1", async (string step, HttpContext http, IEngine engine, IAudit audit) =>
            await ScriptAsync(http, audit, $"luware-{step}.ps1", await engine.GetScriptAsync(Actor.From(http.User)!, step, http.RequestAborted)))
                .AsksForRoles();
    }

    private static async Task<IResult> ScriptAsync(HttpContext http, IAudit audit, string fileName, string? script)
    {
        if (script is null)
            return TypedResults.NotFound();

        var actor = Actor.From(http.User)!;
        await audit.DownloadedAsync(actor, actor.Access.TenantId, fileName, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File([.. WithMark.Preamble, .. WithMark.GetBytes(script)], "text/plain; charset=utf-8", fileName);
    }
}
