using System.Net;
using Luware.Portal.Sandbox.World;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Isolation;

/// <summary>Every address that the portal answers at, tried by every kind of person.</summary>
public sealed class EndpointMatrixTests(StaffedPortal portal, ITestOutputHelper output) : IClassFixture<StaffedPortal>
{
    /// <summary>The doors that need no sign-in. Whoever adds one adds it here, too.</summary>
    private static readonly string[] Anonymous =
    [
        "/", "/colleague", "/colleague/refused", "/consent/landing", "/consent/returned", "/error", "/error/{Code:int}", "/health/live", "/health/ready", "/how-recording-works",
        "/invitation", "/invitation/refused", "/language/{code}", "/not-found", "/not-yours", "/sandbox/ready/{tenantId:guid}", "/sign-in", "/sign-in/refused", "/signed-out",
    ];

    /// <summary>Those of Luware's own people begin so.</summary>
    private static readonly string[] OfStaff = ["/tenants", "/regions", "/downloads/tenants"];

    [Fact]
    public async Task Each_address_lets_in_those_whose_it_is()
    {
        portal.World.Tenants.Tailspin.SetAppRoles(portal.World.Tenants.FindPerson(StaffedPortal.Olivia)!.Value.Person.Id, "SuccessSpecialist", "PortalAdministrator");
        using var nobody = portal.Visit(StaffedPortal.Anna);
        (string Who, Visitor Visitor, bool IsSignedIn, bool IsStaff)[] people =
        [
            ("somebody without a sign-in", nobody, false, false),
            ("the customer's administrator", await portal.SignInAsync(StaffedPortal.Anna), true, false),
            ("somebody of the customer without a role", await portal.SignInAsync(StaffedPortal.Lea), true, false),
            ("another customer's administrator", await portal.SignInAsync(StaffedPortal.Katrin), true, false),
            ("a stranger who gave herself the app roles", await portal.SignInAsync(StaffedPortal.Olivia), true, false),
            ("somebody of Luware without an app role", await portal.SignInAsync(StaffedPortal.Peter), true, false),
            ("a specialist", await portal.SignInAsync(StaffedPortal.Nina), true, true),
            ("who administers the portal", await portal.SignInAsync(StaffedPortal.Sofia), true, true),
        ];

        var wrong = new List<string>();
        var cells = 0;
        foreach (var (method, pattern) in Endpoints().Where(e => !Anonymous.Contains(e.Pattern, StringComparer.OrdinalIgnoreCase)))
        {
            var isOfStaff = OfStaff.Any(prefix => pattern.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
            foreach (var (who, visitor, isSignedIn, isStaff) in people)
            {
                cells++;
                var mayEnter = isOfStaff ? isStaff : isSignedIn;
                using var answer = await visitor.Client.SendAsync(new HttpRequestMessage(method, portal.At(Fill(pattern))), TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                if (IsTurnedAway(answer) == mayEnter)
                    wrong.Add($"{method} {pattern} {(mayEnter ? "refused" : "served")} {who}: {(int)answer.StatusCode} {answer.Headers.Location}");
                if (!mayEnter && (text.Contains("Contoso", StringComparison.OrdinalIgnoreCase) || text.Contains(portal.Contoso.Id.ToString(), StringComparison.OrdinalIgnoreCase)))
                    wrong.Add($"{method} {pattern} tells {who} of Contoso");
            }
        }

        output.WriteLine($"{cells} cells of the matrix of addresses tried, {wrong.Count} wrong");
        wrong.ShouldBeEmpty();
        foreach (var (_, visitor, _, _) in people.Skip(1))
            visitor.Dispose();
    }

    [Fact]
    public async Task A_lost_app_role_closes_the_specialists_doors_within_a_minute()
    {
        var marco = portal.World.Tenants.FindPerson("marco.frei@luware.example")!.Value.Person;
        using var visitor = await portal.SignInAsync(marco.UserPrincipalName);
        (await visitor.Client.GetAsync(portal.At("/tenants"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        portal.World.Tenants.Luware.SetAppRoles(marco.Id);

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        HttpResponseMessage answer;
        do
            answer = await visitor.Client.GetAsync(portal.At("/tenants"), limit.Token);
        while (!IsTurnedAway(answer));
        portal.World.Tenants.Luware.SetAppRoles(marco.Id, "SuccessSpecialist");
    }

    /// <summary>The addresses from which something is taken along, or at which a consent begins.</summary>
    public static TheoryData<string> TakenAlong =>
        ["/downloads/script.ps1", "/downloads/script/grants.ps1", "/downloads/undo/grants.ps1", "/downloads/handover.json", "/downloads/audit.jsonl", "/consent/go/1"];

    [Theory]
    [MemberData(nameof(TakenAlong))]
    public async Task A_lost_directory_role_closes_the_customers_downloads_within_a_minute(string path)
    {
        var (tenant, katrin) = (portal.World.Tenants.Fabrikam, portal.World.Tenants.FindPerson(StaffedPortal.Katrin)!.Value.Person);
        using var visitor = await portal.SignInAsync(StaffedPortal.Katrin);
        IsLedHome(await visitor.Client.GetAsync(portal.At(path), TestContext.Current.CancellationToken)).ShouldBeFalse();

        tenant.SetRoles(katrin.Id);
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!IsLedHome(await visitor.Client.GetAsync(portal.At(path), limit.Token)))
                await Task.Yield();
        }
        finally
        {
            tenant.SetRoles(katrin.Id, Roles.GlobalAdministrator);
        }
    }

    [Fact]
    public void Every_address_from_which_something_is_taken_along_asks_for_the_roles()
    {
        var all = portal.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } text && (text.StartsWith("/downloads", StringComparison.Ordinal) || text.EndsWith("/export", StringComparison.Ordinal) || text.StartsWith("/consent/go", StringComparison.Ordinal)))
            .ToList();

        all.Count.ShouldBe(9);
        all.ShouldAllBe(e => e.Metadata.GetMetadata<RolesAsked>() != null);
    }

    private static bool IsLedHome(HttpResponseMessage answer) => answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString() is "/onboarding" or "onboarding";

    /// <summary>To the welcome page, to "not yours", or with a status and nothing else.</summary>
    private static bool IsTurnedAway(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.IsAbsoluteUri && answer.Headers.Location.AbsolutePath is "/" or "/not-yours");

    private IEnumerable<(HttpMethod Method, string Pattern)> Endpoints() => portal.Services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => !IsFile(e))
        .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Take(1) ?? ["GET"], (e, method) => (HttpMethod.Parse(method), "/" + e.RoutePattern.RawText!.TrimStart('/')))
        .Distinct();

    // Styles, scripts and pictures.
    private static bool IsFile(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText is { } text
        && (Path.HasExtension(text) && !text.StartsWith("/downloads", StringComparison.Ordinal) || text.Contains("_framework", StringComparison.Ordinal) || text.Contains("{**", StringComparison.Ordinal) || text.Contains("{*", StringComparison.Ordinal));

    private string Fill(string pattern) => string.Join('/', pattern.Split('/').Select(part => part switch
    {
        _ when part.StartsWith("{step", StringComparison.OrdinalIgnoreCase) => part.Contains(".ps1", StringComparison.Ordinal) ? "grants.ps1" : "consent",
        _ when part.Contains(":guid", StringComparison.Ordinal) || part.Contains("enant", StringComparison.Ordinal) && part.StartsWith('{') => portal.ContosoId.ToString(),
        _ when part.Contains("{extension}", StringComparison.Ordinal) => part.Replace("{extension}", "json", StringComparison.Ordinal),
        _ when part.StartsWith('{') => "1",
        _ => part,
    }));
}
