using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Azure;

/// <summary>The checks of every request to Resource Manager: version, token, faults, subscription, rights.</summary>
internal sealed class ArmGate(TokenIssuer issuer, SandboxTenants tenants, SandboxFaults faults, TimeProvider time)
{
    public async Task<IResult> AnswerAsync(HttpContext context, Func<ArmCall, JsonObject> answer)
    {
        context.Response.Headers["x-ms-correlation-request-id"] = Guid.NewGuid().ToString();
        if (context.Request.Headers.ContainsKey("x-ms-return-client-request-id"))
            context.Response.Headers["x-ms-client-request-id"] = context.Request.Headers["x-ms-client-request-id"];
        try
        {
            return Results.Json(answer(await AdmitAsync(context)));
        }
        catch (ArmException refusal)
        {
            return Results.Json(refusal.Error.ToJson(), statusCode: refusal.Error.Status);
        }
    }

    private async Task<ArmCall> AdmitAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Query.ContainsKey("api-version"))
            throw new ArmException(ArmError.NoVersion);
        var token = await issuer.ValidateAsync(BearerToken.Of(request), Apis.Azure) ?? throw new ArmException(ArmError.BadToken);
        if (faults.Of(token.Identity.Tenant).NextAzureFailure($"{request.Method} {request.Path.Value![ArmEndpoints.BasePath.Length..]}") is { } failure)
        {
            failure.SetRetryAfter(context.Response, time);
            throw new ArmException(ArmError.Failing(failure.Status));
        }

        var subscription = Guid.Parse((string)request.RouteValues["subscription"]!);
        var owner = tenants.All.FirstOrDefault(t => t.Azure?.SubscriptionId == subscription) ?? throw new ArmException(ArmError.NoSubscription(subscription));
        if (owner != token.Identity.Tenant)
            throw new ArmException(ArmError.OtherTenant);
        if (!HttpMethods.IsGet(request.Method) && LacksProof(token, faults.Of(owner).ProofForWrites))
        {
            var proof = Convert.ToBase64String(Encoding.UTF8.GetBytes(TokenIssuer.WantedProof));
            context.Response.Headers.WWWAuthenticate =
                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                + $"error=\"insufficient_claims\", claims=\"{proof}\"";
            throw new ArmException(ArmError.ProofWanted(request.Path));
        }

        if (!HasRights(owner.Azure!, token.Identity.PersonId, request))
            throw new ArmException(ArmError.NoRights(token.Identity.PersonId, request.Path));
        var body = request.ContentLength > 0
            ? await JsonSerializer.DeserializeAsync<JsonObject>(request.Body, cancellationToken: request.HttpContext.RequestAborted) : null;
        return new ArmCall(request, owner, token.Identity.PersonId, body, time.GetUtcNow());
    }

    private static bool HasRights(AzureAccount account, Guid person, HttpRequest request) =>
        account.Owners.Contains(person)
            || (account.Readers.Contains(person) && HttpMethods.IsGet(request.Method) && request.RouteValues.ContainsKey("account"));

    private static bool LacksProof(AccessToken token, ProofForWrites wanted) =>
        wanted == ProofForWrites.NoneWillDo || (wanted == ProofForWrites.SecondFactor && !token.IsProven);
}

/// <summary>An admitted request.</summary>
internal sealed record ArmCall(HttpRequest Request, SandboxTenant Tenant, Guid PersonId, JsonObject? Body, DateTimeOffset At)
{
    public AzureAccount Account => Tenant.Azure!;

    public string Route(string name) => (string)Request.RouteValues[name]!;

    public bool Is(string name, string value) => string.Equals(Route(name), value, StringComparison.OrdinalIgnoreCase);

    public void Record(string what, string target) => Tenant.Record(At, PersonId, what, target);
}
