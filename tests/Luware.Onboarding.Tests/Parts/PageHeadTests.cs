using System.Reflection;
using System.Runtime.CompilerServices;
using Bunit;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Handover;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Portal.Components.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Parts;

/// <summary>The focus is on the heading from the page's first moment on, whatever replaces that heading.</summary>
public sealed class PageHeadTests : PageContext
{
    public PageHeadTests()
    {
        Services.AddSingleton(Silent.Of<IEngine>()).AddSingleton(Silent.Of<ISpecialistDesk>()).AddSingleton(Silent.Of<ITenantReader>());
        Services.AddSingleton(Silent.Of<ICockpit>()).AddSingleton(Silent.Of<IAuditRecord>()).AddSingleton(Silent.Of<IHandover>());
        Services.AddSingleton(new Permissions(Silent.Of<IDelegatedScopes>(), Silent.Of<ISessions>()));
        Services.AddSingleton(new Licences(Silent.Of<IDirectory>(), Silent.Of<ISessions>(), Options.Create(new SecurityGroupsOptions())));
        Services.AddSingleton<IRegionCatalog>(new EngineHost.OneRegion());
        Services.AddSingleton(Options.Create(new PackageOptions()));
    }

    /// <summary>Pages that wait for data; the others are complete at once, and browser tests cover them.</summary>
    public static TheoryData<Type> Pages => [.. new[] { typeof(OnboardingPage), typeof(Before) }.SelectMany(t => t.Assembly.GetTypes())
        .Where(t => t.IsDefined(typeof(RouteAttribute)) && !t.IsDefined(typeof(ExcludeFromInteractiveRoutingAttribute)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_that_has_read_nothing_yet_has_its_heading_and_its_title(Type page)
    {
        var shown = Render<CascadingValue<CustomerState>>(p => p.Add(v => v.Value, CustomerState.Loading).Add(v => v.ChildContent, builder =>
        {
            builder.OpenComponent(0, page);
            builder.CloseComponent();
        }));

        shown.FindAll("h1").ShouldHaveSingleItem().TextContent.ShouldNotBeNullOrWhiteSpace();
        shown.FindComponents<PageTitle>().ShouldHaveSingleItem();
        JSInterop.VerifyInvoke("luware.arrive");
    }

    /// <summary>Does not answer until the caller cancels.</summary>
    public class Silent : DispatchProxy
    {
        public static T Of<T>() where T : class => Create<T, Silent>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var (type, left) = (targetMethod!.ReturnType, (CancellationToken)args![^1]!);
            if (type == typeof(Task))
                return Task.Delay(Timeout.Infinite, left);

            var never = type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(NeverOneAsync) : nameof(NeverAnyAsync);
            return typeof(Silent).GetMethod(never, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [left]);
        }

        private static async Task<T> NeverOneAsync<T>(CancellationToken left)
        {
            await Task.Delay(Timeout.Infinite, left);
            return default!;
        }

        private static async IAsyncEnumerable<T> NeverAnyAsync<T>([EnumeratorCancellation] CancellationToken left)
        {
            await Task.Delay(Timeout.Infinite, left);
            yield break;
        }
    }
}
