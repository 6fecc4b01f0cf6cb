using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Security.Claims;
using Bunit;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
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
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Isolation.Circuits;

/// <summary>A browser tab at a portal with real services and a real database.</summary>
internal sealed class Tab : PageContext
{
    private readonly ConcurrentQueue<string> asked = new();
    private readonly ConcurrentQueue<Task> answers = new();

    public Tab(EngineHost portal)
    {
        Watch<IEngine>(portal);
        Watch<IAftercare>(portal);
        Watch<IColleagueLinks>(portal);
        Watch<IPeopleSearch>(portal);
        Watch<ISpecialistDesk>(portal);
        Watch<ITenantReader>(portal);
        Watch<ICockpit>(portal);
        Watch<IAuditRecord>(portal);
        Watch<IHandover>(portal);
        Services.AddSingleton(portal.Get<IRegionCatalog>()).AddSingleton(portal.Get<IOptions<PackageOptions>>());
        Services.AddSingleton(portal.Get<IOptions<StaffOptions>>()).AddSingleton(portal.Get<Staff>());
        Services.AddSingleton(portal.Get<ISessions>()).AddSingleton<IDelegatedScopes>(new NothingGranted()).AddSingleton<Permissions>();
        Services.AddSingleton(portal.Get<IDirectory>()).AddSingleton(Options.Create(new SecurityGroupsOptions())).AddSingleton<Licences>();
    }

    /// <summary>The service calls that pages have made in the person's name, "IService.MethodAsync".</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public string Address => Services.GetRequiredService<NavigationManager>().Uri;

    public void SignIn(Actor actor)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("onboarding");
        asked.Clear();
        Claim[] claims =
        [
            new(Actor.TenantClaim, $"{actor.Access.TenantId}"), new(Actor.PersonClaim, $"{actor.Access.PersonId}"),
            new(Actor.AccountClaim, actor.Access.HomeAccountId), new(Actor.SessionClaim, actor.Access.SessionId),
            new(Actor.NameClaim, actor.Name), new(Actor.UserPrincipalNameClaim, actor.UserPrincipalName),
            .. actor.Roles.Select(r => new Claim(Actor.RoleClaim, $"{r}")), .. actor.AppRoles.Select(r => new Claim(Actor.AppRoleClaim, r)),
        ];
        Authorization.SetAuthorized(actor.Name).SetClaims(actor.IsByLink ? [.. claims, new Claim(Actor.LinkClaim, "true")] : claims);
    }

    /// <summary>What happens to a circuit when its sign-in is revalidated and no longer valid.</summary>
    public void EndSignIn() => Authorization.SetNotAuthorized();

    public void Forget() => asked.Clear();

    /// <summary>Ends when every request of pages has its answer, be it a refusal. What pages follow is not waited for.</summary>
    public async Task AnsweredAsync()
    {
        while (answers.TryDequeue(out var answer))
            await answer.WaitAsync(BunitContext.DefaultWaitTimeout).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Makes the pauses of pages end at once.</summary>
    public void Wait() => Time.Advance(TimeSpan.FromSeconds(1));

    public IRenderedComponent<IComponent> Plan(string? step = null) => RenderPage(step);

    public IRenderedComponent<IComponent> Offboarding() => RenderOffboarding();

    /// <summary>A page inside the layout of customers' pages.</summary>
    public IRenderedComponent<IComponent> Inside<TPage>() where TPage : class, IComponent => Render<Following>(p => p.Add(f => f.ChildContent, builder =>
    {
        builder.OpenComponent<TPage>(0);
        builder.CloseComponent();
    }));

    /// <summary>A page of one tenant.</summary>
    public IRenderedComponent<IComponent> Of<TPage>(string parameter, Guid tenantId) where TPage : class, IComponent =>
        Render<TPage>(p => p.TryAdd(parameter, tenantId));

    /// <summary>A page that reads its own address.</summary>
    public IRenderedComponent<IComponent> RenderAt<TPage>(string address) where TPage : class, IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>();
    }

    private void Watch<T>(EngineHost portal) where T : class
    {
        var watched = DispatchProxy.Create<T, Watched>();
        ((Watched)(object)watched).Set(portal.Get<T>(), method => asked.Enqueue($"{typeof(T).Name}.{method}"), answers.Enqueue);
        Services.AddSingleton(watched);
    }

    // Not sealed, because a class is derived from it at run time.
#pragma warning disable CA1852, MA0053
    internal class Watched : DispatchProxy
#pragma warning restore CA1852, MA0053
    {
        private object inner = null!;
        private Action<string> asked = null!;
        private Action<Task> begun = null!;

        public void Set(object service, Action<string> seen, Action<Task> answer) => (inner, asked, begun) = (service, seen, answer);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            asked(targetMethod!.Name);
            try
            {
                var answer = targetMethod.Invoke(inner, args);
                if (answer is Task task)
                    begun(task);
                return answer;
            }
            catch (TargetInvocationException e)
            {
                ExceptionDispatchInfo.Throw(e.InnerException!);
                throw;
            }
        }
    }

    private sealed class NothingGranted : IDelegatedScopes
    {
        public Task<IReadOnlyList<DelegatedScope>> ReadAsync(TenantAccess access, DelegatedRoute route, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<DelegatedScope>>([new DelegatedScope("Microsoft Graph", "Directory.Read.All", Granted: false)]);
    }
}
