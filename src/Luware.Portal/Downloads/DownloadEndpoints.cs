using System.Text;
using Luware.Onboarding.Engine;
using Luware.Portal.SignIn;

namespace Luware.Portal.Downloads;

internal static class DownloadEndpoints
{
    // Windows PowerShell reads a script without a mark in the machine's old code page.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public static void MapDownloads(this IEndpointRouteBuilder routes) => routes.MapGet("/downloads/undo/{step}.ps1", GetUndoAsync).LeadsHomeWhenRefused();

    private static async Task<IResult> GetUndoAsync(string step, bool? withChosen, HttpContext http, IEngine engine)
    {
        if (await engine.GetUndoScriptAsync(Actor.From(http.User)!, step, withChosen ?? false, http.RequestAborted) is not { } script)
            return TypedResults.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File([.. WithMark.Preamble, .. WithMark.GetBytes(script)], "text/plain; charset=utf-8", $"undo-{step}.ps1");
    }
}
