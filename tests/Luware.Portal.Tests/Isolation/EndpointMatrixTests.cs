using System.Net;
using Luware.Portal.Sandbox.World;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Operations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Isolation;

/// <summary>Every address that needs a sign-in, requested by every kind of person. The others are listed in <see cref="DoorsTests"/>.</summary>
public sealed class EndpointMatrixTests(StaffedPortal portal, ITestOutputHelper output) : IClassFixture<StaffedPortal>
{
    /// <summary>The prefixes of addresses for Luware's own people.</summary>
    private static readonly string[] OfStaff = ["/tenants", "/regions", "/downloads/tenants"];

    [Fact]
    public async Task Each_address_lets_in_those_whose_it_is()
    {
        var olivia = portal.World.Tenants.FindPerson(StaffedPortal.Olivia)!.Value.Person;
        portal.World.Tenants.Tailspin.SetAppRoles(olivia.Id, "SuccessSpecialist", "PortalAdministrator");
        using var nobody = portal.Visit(StaffedPortal.Anna);
        var world = portal.World.Tenants;
        var (anna, katrin) = (await portal.AdministratorAsync(StaffedPortal.Anna), await portal.AdministratorAsync(StaffedPortal.Katrin));
        var (invited, _) = await portal.ComeInvitedAsync(StaffedPortal.Marco);
        var (dismissed, invitation) = await portal.ComeInvitedAsync(StaffedPortal.Lea);
        await portal.RevokeAsync(invitation);
        var takenBack = await portal.ComeByLinkAsync(StaffedPortal.Reto, anna, "storage");
        await portal.TakeBackAsync(anna, "storage");
        Person[] people =
        [
            new("somebody without a sign-in", nobody, null),
            new("the customer's administrator", await portal.SignInAsync(StaffedPortal.Anna), world.Contoso.Id) { IsCustomers = true, MayWork = true },
            new("somebody of the customer without a role", await portal.SignInAsync(StaffedPortal.Lea), world.Contoso.Id) { IsCustomers = true },
            new("somebody without a role who was invited", invited, world.Contoso.Id) { IsCustomers = true, MayWork = true },
            new("somebody without a role whose invitation was revoked", dismissed, world.Contoso.Id) { IsCustomers = true },
            new("a colleague by the link to the grants",
                await portal.ComeByLinkAsync(StaffedPortal.Urs, anna, "grants"), world.Contoso.Id) { IsCustomers = true, Handed = "grants" },
            new("a colleague by the link to the consent",
                await portal.ComeByLinkAsync(StaffedPortal.Claudia, anna, "consent"), world.Contoso.Id) { IsCustomers = true, Handed = "consent" },
            new("a colleague from whom the step was taken back", takenBack, world.Contoso.Id) { IsCustomers = true, Handed = "" },
            new("another customer's colleague by a link to the grants",
                await portal.ComeByLinkAsync(StaffedPortal.Sarah, katrin, "grants"), world.Fabrikam.Id) { IsCustomers = true, Handed = "grants" },
            new("another customer's administrator", await portal.SignInAsync(StaffedPortal.Katrin), world.Fabrikam.Id) { IsCustomers = true, MayWork = true },
            new("a stranger who gave herself the app roles", await portal.SignInAsync(StaffedPortal.Olivia), world.Tailspin.Id),
            new("somebody of Luware without an app role", await portal.SignInAsync(StaffedPortal.Peter), world.Luware.Id),
            new("a specialist", await portal.SignInAsync(StaffedPortal.Nina), world.Luware.Id) { IsStaff = true },
            new("who administers the portal", await portal.SignInAsync(StaffedPortal.Sofia), world.Luware.Id) { IsStaff = true },
        ];

        var wrong = new List<string>();
        var found = new Dictionary<Answer, int>();
        foreach (var (method, pattern) in Endpoints())
        {
            foreach (var person in people)
            {
                var wanted = Wanted(pattern, person);
                using var answer = await person.Visitor.Client.SendAsync(
                    new HttpRequestMessage(method, portal.At(Fill(pattern))), TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var was = Kind(answer);
                found[was] = found.GetValueOrDefault(was) + 1;
                if (was != wanted)
                    wrong.Add($"{method} {pattern}, {person.Who}: {was} and not {wanted}, {(int)answer.StatusCode} {answer.Headers.Location}");
                if (was == Answer.LedElsewhere && !IsTheirWay(pattern, answer.Headers.Location!, person))
                    wrong.Add($"{method} {pattern} leads {person.Who} to {answer.Headers.Location}");
                if (wanted != Answer.Served && person.Tenant != portal.Contoso.Id
                    && (text.Contains("Contoso", StringComparison.OrdinalIgnoreCase)
                        || text.Contains(portal.Contoso.Id.ToString(), StringComparison.OrdinalIgnoreCase)))
                    wrong.Add($"{method} {pattern} tells {person.Who} of Contoso");
            }
        }

        var cells = found.Values.Sum();
        var kinds = string.Join(", ", found.OrderBy(f => f.Key).Select(f => $"{f.Value} {f.Key}"));
        output.WriteLine($"measured: {cells} cells of the matrix of addresses tried, {wrong.Count} wrong: {kinds}");
        wrong.ShouldBeEmpty();
        foreach (var person in people.Skip(1))
            person.Visitor.Dispose();
    }

    [Fact]
    public async Task A_lost_app_role_closes_the_specialists_doors_within_a_minute()
    {
        var marco = portal.World.Tenants.FindPerson("marco.frei@luware.example")!.Value.Person;
        using var visitor = await portal.SignInAsync(marco.UserPrincipalName);
        using (var open = await visitor.Client.GetAsync(portal.At("/tenants"), TestContext.Current.CancellationToken))
            open.StatusCode.ShouldBe(HttpStatusCode.OK);

        portal.World.Tenants.Luware.SetAppRoles(marco.Id);
        try
        {
            await WithinAMinuteAsync(visitor, "/tenants", IsTurnedAway);
        }
        finally
        {
            portal.World.Tenants.Luware.SetAppRoles(marco.Id, "SuccessSpecialist");
        }
    }

    /// <summary>The addresses of downloads, and those at which a consent begins.</summary>
    public static TheoryData<string> TakenAlong =>
    [
        "/downloads/script.ps1", "/downloads/script/grants.ps1", "/downloads/undo/grants.ps1", "/downloads/handover.json", "/downloads/audit.jsonl",
        "/consent/go/1",
    ];

    [Theory]
    [MemberData(nameof(TakenAlong))]
    public async Task A_lost_directory_role_closes_the_customers_downloads_within_a_minute(string path)
    {
        var (tenant, katrin) = (portal.World.Tenants.Fabrikam, portal.World.Tenants.FindPerson(StaffedPortal.Katrin)!.Value.Person);
        using var visitor = await portal.SignInAsync(StaffedPortal.Katrin);
        using (var open = await visitor.Client.GetAsync(portal.At(path), TestContext.Current.CancellationToken))
            IsLedHome(open).ShouldBeFalse();

        tenant.SetRoles(katrin.Id);
        try
        {
            await WithinAMinuteAsync(visitor, path, IsLedHome);
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
            .Where(e => e.RoutePattern.RawText is { } text
                && (text.StartsWith("/downloads", StringComparison.Ordinal)
                    || text.EndsWith("/export", StringComparison.Ordinal)
                    || text.StartsWith("/consent/go", StringComparison.Ordinal)))
            .ToList();

        all.Count.ShouldBe(9);
        all.ShouldAllBe(e => e.Metadata.GetMetadata<RolesAsked>() != null);
    }

    private async Task WithinAMinuteAsync(Visitor visitor, string path, Func<HttpResponseMessage, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var answer = await visitor.Client.GetAsync(portal.At(path), limit.Token);
            if (wanted(answer))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private static bool IsLedHome(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString() == SignInPaths.Home;

    /// <summary>Redirects to the welcome page, to "not yours" or, because there is nothing to sign out of, to "signed out", or only a status.</summary>
    private static bool IsTurnedAway(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (answer.StatusCode == HttpStatusCode.Redirect
            && (answer.Headers.Location!.ToString() == SignInPaths.SignedOut
                || answer.Headers.Location.IsAbsoluteUri && answer.Headers.Location.AbsolutePath is "/" or "/not-yours"));

    private static Answer Kind(HttpResponseMessage answer) => answer.StatusCode switch
    {
        _ when IsTurnedAway(answer) => Answer.Refused,
        >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous => Answer.Served,
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => Answer.LedElsewhere,
        HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => Answer.NothingThere,
        _ => Answer.Failed,
    };

    /// <summary>The expected answer for each kind of person.</summary>
    private static Answer Wanted(string pattern, Person person) => pattern switch
    {
        _ when person.Tenant is null => Answer.Refused,
        _ when OfStaff.Any(prefix => pattern.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) => person.IsStaff ? Answer.Served : Answer.Refused,
        // There is no grant that could be undone.
        _ when pattern.StartsWith("/downloads/undo", StringComparison.Ordinal) =>
            person.MayWork || person.Handed == "grants" ? Answer.NothingThere : Answer.LedElsewhere,
        _ when pattern.StartsWith("/downloads", StringComparison.Ordinal) => person.MayWork ? Answer.Served : Answer.LedElsewhere,
        _ when pattern.StartsWith("/consent/go", StringComparison.Ordinal) =>
            person.IsCustomers && person.Handed is null or "consent" ? Answer.LedElsewhere : Answer.NothingThere,
        "/sign-in/more" => Answer.LedElsewhere,
        // Requested in a way that nobody is served: without a connection, a form or its token.
        "/_blazor" or "/_blazor/negotiate" or "/_blazor/disconnect/" or "/sign-out" => Answer.NothingThere,
        _ => Answer.Served,
    };

    /// <summary>Redirects home people who may not, and others to Entra at their own tenant's address.</summary>
    private static bool IsTheirWay(string pattern, Uri location, Person person) => pattern.StartsWith("/downloads", StringComparison.Ordinal)
        ? location.ToString() == SignInPaths.Home
        : location.IsAbsoluteUri && location.AbsolutePath.StartsWith($"/{person.Tenant}/", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<(HttpMethod Method, string Pattern)> Endpoints() => portal.Services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && !IsFile(e))
        .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Take(1) ?? ["GET"],
            (e, method) => (HttpMethod.Parse(method), "/" + e.RoutePattern.RawText!.TrimStart('/')))
        .Distinct();

    // Static files.
    private static bool IsFile(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText is { } text
        && (Path.HasExtension(text) && !text.StartsWith("/downloads", StringComparison.Ordinal)
            || text.Contains("_framework", StringComparison.Ordinal)
            || text.Contains("{**", StringComparison.Ordinal)
            || text.Contains("{*", StringComparison.Ordinal));

    private string Fill(string pattern) => string.Join('/', pattern.Split('/').Select(part => part switch
    {
        _ when part.StartsWith("{step", StringComparison.OrdinalIgnoreCase) => part.Contains(".ps1", StringComparison.Ordinal) ? "grants.ps1" : "consent",
        _ when part.Contains(":guid", StringComparison.Ordinal) || part.Contains("enant", StringComparison.Ordinal) && part.StartsWith('{') =>
            portal.ContosoId.ToString(),
        _ when part.Contains("{extension}", StringComparison.Ordinal) => part.Replace("{extension}", "json", StringComparison.Ordinal),
        _ when part.StartsWith('{') => "1",
        _ => part,
    }));

    private enum Answer
    {
        Served,
        LedElsewhere,
        NothingThere,
        Refused,
        Failed,
    }

    /// <param name="Tenant">The tenant of their sign-in; null without one.</param>
    private sealed record Person(string Who, Visitor Visitor, Guid? Tenant)
    {
        public bool IsCustomers { get; init; }

        public bool MayWork { get; init; }

        /// <summary>The step of their link: empty if it was revoked, null for people who came without one.</summary>
        public string? Handed { get; init; }

        public bool IsStaff { get; init; }
    }
}
