using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Data;

/// <summary>The server commits, and the connection is gone before it has said so.</summary>
public sealed class LostCommitTests
{
    [Fact]
    public async Task A_change_in_one_transaction_whose_commit_was_not_answered_is_not_carried_out_again()
    {
        var lost = new LostAnswer();
        await using var database = await TestDatabase.OnPostgreSqlAsync(lost);
        var tenant = await database.AddTenantAsync();
        var attempts = 0;
        lost.IsDue = true;

        var answer = await database.Contexts.ChangeAtOnceAsync(tenant.Id, async db =>
        {
            (await db.Tenants.SingleAsync(t => t.Id == tenant.Id)).Ready = true;
            AuditTrail.Add(db, new AuditLine(tenant.Id, AuditKinds.Downloaded), database.Clock.GetUtcNow());
            return ++attempts;
        }, default);

        lost.IsDue.ShouldBeFalse();
        (answer, attempts).ShouldBe((1, 1));
        await using var after = await database.Contexts.OpenAsync(tenant.Id, default);
        (await after.Audit.CountAsync(e => e.Kind == AuditKinds.Downloaded)).ShouldBe(1);
    }

    [Fact]
    public async Task A_change_in_one_transaction_that_was_not_committed_is_carried_out_again()
    {
        var lost = new LostAnswer { IsBeforeCommit = true };
        await using var database = await TestDatabase.OnPostgreSqlAsync(lost);
        var tenant = await database.AddTenantAsync();
        var attempts = 0;
        lost.IsDue = true;

        await database.Contexts.ChangeAtOnceAsync(tenant.Id, db =>
        {
            AuditTrail.Add(db, new AuditLine(tenant.Id, AuditKinds.Downloaded), database.Clock.GetUtcNow());
            return Task.FromResult(++attempts);
        }, default);

        attempts.ShouldBe(2);
        await using var after = await database.Contexts.OpenAsync(tenant.Id, default);
        (await after.Audit.CountAsync(e => e.Kind == AuditKinds.Downloaded)).ShouldBe(1);
    }
}
