using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Radzen;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>A browser tab of Jonas Weber, in English, ten minutes after the plan was read.</summary>
public abstract class PageContext : BunitContext
{
    private protected PageContext()
    {
        // Long enough for a busy machine; a fulfilled condition ends the wait at once.
        DefaultWaitTimeout = TimeSpan.FromSeconds(10);
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.Setup<string?>("luware.zone").SetResult("Europe/Zurich");
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddSingleton<Say>();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<PersonClock>();
        Services.AddScoped<LastList>();
        Services.AddSingleton(Options.Create(new StaffOptions())).AddSingleton<Staff>();
        Services.AddSingleton(new Help(new Uri("https://helpdesk.luware.example"), new Uri("https://status.luware.example")));
        Services.AddSingleton(new PublicAddress(new Uri("https://onboarding.luware.example")));
        Services.AddSingleton<IPeopleSearch>(new FakePeopleSearch());
        Services.AddSingleton<IColleagueLinks>(Links);
        Services.AddSingleton<IAftercare>(Aftercare);
        Services.AddSingleton<AntiforgeryStateProvider>(new NoAntiforgery());
        Authorization = this.AddAuthorization();
        Authorization.SetAuthorized(Scenes.Jonas.Name).SetClaims(Claims(Scenes.Jonas.Roles[0]));
    }

    /// <summary>Jonas Weber, with another directory role.</summary>
    private protected static Claim[] Claims(Guid role) =>
    [
        new(Actor.TenantClaim, Scenes.Jonas.Access.TenantId.ToString()), new(Actor.PersonClaim, Scenes.Jonas.Access.PersonId.ToString()),
        new(Actor.AccountClaim, Scenes.Jonas.Access.HomeAccountId), new(Actor.SessionClaim, Scenes.Jonas.Access.SessionId),
        new(Actor.NameClaim, Scenes.Jonas.Name), new(Actor.UserPrincipalNameClaim, Scenes.Jonas.UserPrincipalName), new(Actor.RoleClaim, $"{role}"),
    ];

    /// <summary>Where the page has put the focus last.</summary>
    private protected object? Focused() => JSInterop.Invocations["luware.focus"][^1].Arguments[0];

    /// <summary>As one of Luware's own people.</summary>
    private protected void SignIn(string role) => Authorization.SetClaims(
        new Claim(Actor.TenantClaim, $"{Scenes.Jonas.Access.TenantId}"), new Claim(Actor.PersonClaim, $"{Scenes.Jonas.Access.PersonId}"),
        new Claim(Actor.AccountClaim, "home"), new Claim(Actor.SessionClaim, "session"), new Claim(Actor.NameClaim, "Jonas Weber"),
        new Claim(Actor.UserPrincipalNameClaim, "jonas@luware.example"), new Claim(Actor.AppRoleClaim, role));

    private protected FakeTimeProvider Time { get; } = new(Scenes.Now.AddMinutes(10));

    private protected FakeColleagueLinks Links { get; } = new();

    private protected BunitAuthorizationContext Authorization { get; }

    private protected FakeAftercare Aftercare { get; } = new();

    private protected Say Say => Services.GetRequiredService<Say>();

    private protected FakeEngine Open(OnboardingView? view)
    {
        var engine = new FakeEngine(view);
        Services.AddSingleton<IEngine>(engine);
        return engine;
    }

    private protected IRenderedComponent<Following> RenderOffboarding() =>
        Render<Following>(p => p.Add(f => f.ChildContent, builder =>
        {
            builder.OpenComponent<BehindNote>(0);
            builder.CloseComponent();
            builder.OpenComponent<OffboardingPage>(1);
            builder.CloseComponent();
        }));

    /// <summary>The plan page inside its layout.</summary>
    private protected IRenderedComponent<Following> RenderPage(string? step = null, string? show = null, string? back = null) =>
        Render<Following>(p => p.Add(f => f.ChildContent, builder =>
        {
            builder.OpenComponent<BehindNote>(0);
            builder.CloseComponent();
            builder.OpenComponent<OnboardingPage>(1);
            builder.AddComponentParameter(2, nameof(OnboardingPage.Step), step);
            if (show is not null)
                builder.AddComponentParameter(3, nameof(OnboardingPage.Show), show);
            if (back is not null)
                builder.AddComponentParameter(4, nameof(OnboardingPage.Back), back);
            builder.CloseComponent();
        }));

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}

internal static class Rendered
{
    public static string Heading(this IRenderedComponent<IComponent> page) => page.Find("h1").TextContent;

    public static AngleSharp.Dom.IElement Button(this IRenderedComponent<IComponent> page, string text) =>
        page.FindAll("button").First(b => b.TextContent.Contains(text, StringComparison.Ordinal));

    /// <summary>The button is unavailable but keeps the focus of the person who pressed it.</summary>
    public static bool IsOff(this AngleSharp.Dom.IElement button) => button.GetAttribute("aria-disabled") == "true";

    /// <summary>Finds and clicks without a rendering in between.</summary>
    public static Task PressAsync(this IRenderedComponent<IComponent> page, string text) => page.InvokeAsync(() => page.Button(text).Click());
}
