using Luware.Onboarding.Engine;
using Luware.Onboarding.Settings;
using Luware.Portal;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Architecture;

public sealed class SettingsTests
{
    [Fact]
    public void Every_section_names_its_faults_in_the_same_way() =>
        new[] { typeof(IEngine).Assembly, typeof(PortalApp).Assembly }.SelectMany(a => a.GetTypes())
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidateOptions<>)))
            .ShouldBe([typeof(SettingsValidator<>)]);

    /// <summary>Regions and packages are maps at the root, beside the names of OpenTelemetry.</summary>
    [Fact]
    public void No_section_is_bound_twice() =>
        new[] { typeof(IEngine).Assembly, typeof(PortalApp).Assembly }.SelectMany(a => a.GetTypes())
            .Where(t => t.IsAssignableTo(typeof(ISettings)) && !t.IsInterface)
            .Select(t => (string)t.GetProperty(nameof(ISettings.Section))!.GetValue(null)!).Where(section => section.Length > 0)
            .ShouldBeUnique();
}
