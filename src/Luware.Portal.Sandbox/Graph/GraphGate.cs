using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.World;
using Microsoft.AspNetCore.Http.Extensions;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>The checks of every request to Graph: faults, the token, the error format and the correlation headers.</summary>
internal sealed class GraphGate(TokenIssuer issuer, SandboxFaults faults, TimeProvider time)
{
    /// <summary>Another name for this machine, used as the foreign host of a next link.</summary>
    private const string ForeignHost = "localhost";

    public Task<IResult> AnswerAsync(HttpContext context, Func<GraphCall, JsonObject> answer) =>
        WriteAsync(context, call => Task.FromResult(Results.Json(LeadAway(call, answer(call)))));

    public async Task<IResult> WriteAsync(HttpContext context, Func<GraphCall, Task<IResult>> answer)
    {
        var requestId = Guid.NewGuid().ToString();
        var clientRequestId = context.Request.Headers["client-request-id"].FirstOrDefault() ?? requestId;
        context.Response.Headers["request-id"] = requestId;
        context.Response.Headers["client-request-id"] = clientRequestId;
        try
        {
            var token = await issuer.ValidateAsync(BearerToken.Of(context.Request), Apis.Graph) ?? throw new GraphException(GraphError.BadToken);
            if (context.Request.Host.Host == ForeignHost)
                faults.GiveTokenAway();
            Fail(context, faults.Of(token.Identity.Tenant));
            return await answer(new GraphCall(context.Request, token));
        }
        catch (GraphException refusal)
        {
            return Results.Json(refusal.Error.ToJson(time.GetUtcNow(), requestId, clientRequestId), statusCode: refusal.Error.Status);
        }
    }

    private JsonObject LeadAway(GraphCall call, JsonObject answer)
    {
        if (answer["value"] is JsonArray && faults.Of(call.Tenant).ForeignNextLink)
            answer["@odata.nextLink"] = new UriBuilder(call.Request.GetEncodedUrl()) { Host = ForeignHost }.Uri.AbsoluteUri;
        return answer;
    }

    private void Fail(HttpContext context, SandboxFaults here)
    {
        if (here.NextGraphFailure($"{context.Request.Method} {context.Request.Path.Value![GraphEndpoints.BasePath.Length..]}") is not { } failure)
            return;

        failure.SetRetryAfter(context.Response, time);
        throw new GraphException(GraphError.Failing(failure.Status));
    }
}
