using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security;
using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Azure;

/// <summary>The blobs of all accounts. Rights and network rules are checked here; Azurite stores the bytes.</summary>
internal sealed class BlobFront(TokenIssuer issuer, SandboxTenants tenants, BlobBackend backend)
{
    public const string BasePath = "/blobs";

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var path = ((string?)request.RouteValues["path"] ?? "").Split('/', 2);
        var token = await issuer.ValidateAsync(BearerToken.Of(request), Apis.Storage);
        var account = tenants.All.FirstOrDefault(
            t => t == token?.Identity.Tenant && t.Azure is { Exists: true } a && a.Name == (string)request.RouteValues["account"]!)?.Azure;
        return (token, account) switch
        {
            (null, _) => Refuse(context, StatusCodes.Status401Unauthorized, "InvalidAuthenticationInfo", "Server failed to authenticate the request."),
            (_, null or { IsOpenToNetworks: false }) =>
                Refuse(context, StatusCodes.Status403Forbidden, "AuthorizationFailure", "This request is not authorized to perform this operation."),
            _ when !account.BlobContributors.Contains(token.Identity.PersonId) =>
                Refuse(context, StatusCodes.Status403Forbidden, "AuthorizationPermissionMismatch",
                    "This request is not authorized to perform this operation using this permission."),
            _ when account.Containers.TrueForAll(c => c.Name != path[0]) =>
                Refuse(context, StatusCodes.Status404NotFound, "ContainerNotFound", "The specified container does not exist."),
            _ when !backend.IsThere =>
                Refuse(context, StatusCodes.Status503ServiceUnavailable, "ServerBusy", "Azurite is not installed: eng/tools.sh does that."),
            _ => await backend.ForwardAsync(context, account.Name, path[0], path.ElementAtOrDefault(1)),
        };
    }

    private static IResult Refuse(HttpContext context, int status, string code, string message)
    {
        context.Response.Headers["x-ms-error-code"] = code;
        return Results.Text(
            $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error>",
            "application/xml", statusCode: status);
    }
}

/// <summary>Azurite as one world sees it: worlds share the process, so each has its own containers.</summary>
internal sealed class BlobBackend(Azurite? azurite)
{
    private const string Account = "devstoreaccount1";
    private static readonly string[] OfTheConnection = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive"];

    private readonly string _world = Guid.NewGuid().ToString();
    private readonly ConcurrentDictionary<string, Lazy<Task>> _containers = new(StringComparer.Ordinal);

    public bool IsThere => azurite is not null;

    public async Task<IResult> ForwardAsync(HttpContext context, string account, string container, string? blob)
    {
        var name = StableId.Of(_world, account, container).ToString("N");
        await _containers.GetOrAdd(name, _ => new Lazy<Task>(() => MakeContainerAsync(name, context.Request.Headers.Authorization!))).Value;

        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), Address(blob is null ? name : $"{name}/{blob}", context.Request.QueryString.Value));
        if (context.Request.ContentLength is not null)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (key, values) in context.Request.Headers.Where(h => !OfTheConnection.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
            if (!request.Headers.TryAddWithoutValidation(key, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(key, values.AsEnumerable());

        using var response = await azurite!.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (key, values) in response.Headers.Concat(response.Content.Headers)
            .Where(h => !OfTheConnection.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
            context.Response.Headers[key] = values.ToArray();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        return Results.Empty;
    }

    private async Task MakeContainerAsync(string name, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address(name, "?restype=container"));
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        request.Headers.Add("x-ms-version", "2023-11-03");
        using var response = await azurite!.Client.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
    }

    private Uri Address(string path, string? query) => new($"{azurite!.Address.AbsoluteUri.TrimEnd('/')}/{Account}/{path}{query}");
}
