using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>What every request to Graph passes: faults, the token, the error shape and the headers that support asks for.</summary>
internal sealed class GraphGate(TokenIssuer issuer, SandboxFaults faults, TimeProvider time)
{
    public Task<IResult> AnswerAsync(HttpContext context, Func<GraphCall, JsonObject> answer) =>
        WriteAsync(context, call => Task.FromResult(Results.Json(answer(call))));

    public async Task<IResult> WriteAsync(HttpContext context, Func<GraphCall, Task<IResult>> answer)
    {
        var requestId = Guid.NewGuid().ToString();
        var clientRequestId = context.Request.Headers["client-request-id"].FirstOrDefault() ?? requestId;
        context.Response.Headers["request-id"] = requestId;
        context.Response.Headers["client-request-id"] = clientRequestId;
        try
        {
            Fail(context.Response);
            var token = await issuer.ValidateAsync(BearerToken.Of(context.Request), Apis.Graph) ?? throw new GraphException(GraphError.BadToken);
            return await answer(new GraphCall(context.Request, token));
        }
        catch (GraphException refusal)
        {
            return Results.Json(refusal.Error.ToJson(time.GetUtcNow(), requestId, clientRequestId), statusCode: refusal.Error.Status);
        }
    }

    private void Fail(HttpResponse response)
    {
        if (faults.NextGraphFailure() is not { } failure)
            return;

        if (failure.RetryAfter is { } retryAfter)
            response.Headers.RetryAfter = retryAfter;
        throw new GraphException(GraphError.Failing(failure.Status));
    }
}
