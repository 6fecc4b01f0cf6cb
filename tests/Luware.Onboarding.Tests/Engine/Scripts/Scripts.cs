using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Tests.Steps;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>Scripts of the real steps as a person in English downloads them.</summary>
internal static class Scripts
{
    public static readonly Guid Tenant = new("3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01");

    private static readonly Say Say =
        new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Say>().BuildServiceProvider().GetRequiredService<Say>();

    public static string Whole(
        Region region, StepChoices choices, bool ready = true, IReadOnlyDictionary<string, string>? known = null, string tenantName = "Contoso") =>
        Write(region, choices, SetupScripts.Whole, ready, known, tenantName, "en-GB");

    public static string InGerman(Region region, StepChoices choices, bool ready) =>
        Write(region, choices, SetupScripts.Whole, ready, null, "Contoso", "de-CH");

    /// <param name="readyGroups">The groups that Luware has synchronised; null for the chosen one.</param>
    public static string Of(
        string step, Region region, StepChoices choices, bool ready = true,
        IReadOnlyCollection<Guid>? readyGroups = null, IReadOnlyDictionary<string, string>? known = null) =>
        Write(region, choices, step, ready, known, "Contoso", "en-GB", readyGroups);

    private static string Write(
        Region region, StepChoices choices, string name, bool ready, IReadOnlyDictionary<string, string>? known, string tenantName, string language,
        IReadOnlyCollection<Guid>? readyGroups = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var world = new StepWorld(region);
        var tenant = new OnboardingTenant(Guid.NewGuid(), Tenant, tenantName, ready)
        {
            ReadyGroups = readyGroups ?? (choices.Get<GrantsChoice>(GrantsStep.StepName).GroupId is { } chosen ? [chosen] : []),
        };
        var context = new StepContext(
            tenant, region, new TenantAccess(Tenant, Guid.NewGuid(), "home", "session"), choices, known ?? new Dictionary<string, string>());
        IStep[] steps = [world.Consent, world.Whitelisting, world.Policies, world.Grants];
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        return new ScriptWriter(Say, time).Write(
            tenant, name,
            [.. steps.Where(s => name == SetupScripts.Whole || s.Name == name).Select(s => new StepScript(s.Name, s.Script(context), s.UndoScript(context)))]);
    }
}
