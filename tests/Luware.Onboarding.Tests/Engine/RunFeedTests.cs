using Luware.Onboarding.Engine.Views;

namespace Luware.Onboarding.Tests.Engine;

public sealed class RunFeedTests
{
    private static readonly Guid Tenant = Guid.NewGuid();

    [Fact]
    public async Task A_follower_gets_a_pulse_at_once_and_one_for_many_changes()
    {
        var feed = new RunFeed();
        await using var pulses = feed.FollowAsync(Tenant, default).GetAsyncEnumerator();
        (await pulses.MoveNextAsync()).ShouldBeTrue();

        for (var i = 0; i < 1000; i++)
            feed.Publish(Tenant);

        (await pulses.MoveNextAsync()).ShouldBeTrue();
        var next = pulses.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        feed.Publish(Tenant);
        (await next).ShouldBeTrue();
    }

    [Fact]
    public async Task A_follower_hears_nothing_of_other_tenants()
    {
        var feed = new RunFeed();
        await using var pulses = feed.FollowAsync(Tenant, default).GetAsyncEnumerator();
        await pulses.MoveNextAsync();

        feed.Publish(Guid.NewGuid());
        var next = pulses.MoveNextAsync();
        next.IsCompleted.ShouldBeFalse();
        feed.PublishToAll();

        (await next).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_follower_that_leaves_is_forgotten(bool ofAllTenants)
    {
        var feed = new RunFeed();
        using var leaving = new CancellationTokenSource();
        var pulses = feed.FollowAsync(ofAllTenants ? null : Tenant, leaving.Token).GetAsyncEnumerator(default);
        await pulses.MoveNextAsync();
        feed.Followed.ShouldBe(ofAllTenants ? [] : [Tenant]);
        feed.HasOverviews.ShouldBe(ofAllTenants);

        var next = pulses.MoveNextAsync().AsTask();
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(next);
        feed.Followed.ShouldBeEmpty();
        feed.HasOverviews.ShouldBeFalse();
    }
}
