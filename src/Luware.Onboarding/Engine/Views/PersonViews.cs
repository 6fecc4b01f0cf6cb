using System.Runtime.CompilerServices;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Engine.Views;

/// <summary>Shows a customer's onboarding to a person, narrowed to what they may see.</summary>
internal sealed class PersonViews(Admission admission, CustomerTenants tenants, ViewReader views, RunFeed feed, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public async Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await admission.CheckSessionAsync(actor, cancellationToken);
        var customer = await tenants.FindOpenAsync(actor.Access.TenantId, cancellationToken);
        return customer is null ? null : await ReadAsync(actor, customer, cancellationToken);
    }

    public async Task<OnboardingView?> ReadAsync(Actor actor, CustomerTenant customer, CancellationToken cancellationToken)
    {
        var view = await views.ReadAsync(actor.Access.TenantId, cancellationToken);
        return await admission.FindAsync(actor, customer, cancellationToken) switch
        {
            null => view?.Withhold(),
            { Handed: { } steps } => view?.NarrowTo(steps),
            _ => view,
        };
    }

    public async IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        await foreach (var _ in feed.FollowAsync(customer.Id, cancellationToken))
        {
            await admission.CheckSessionAsync(actor, cancellationToken);
            if (await ReadAsync(actor, customer, cancellationToken) is { } view)
                yield return view;
            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
