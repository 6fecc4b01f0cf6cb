using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Audit;

public sealed class RefusalsTests
{
    [Fact]
    public async Task The_same_is_told_again_after_a_day_and_something_else_at_once()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var refusals = chain.Database.Get<Refusals>();
        var line = new AuditLine(chain.Tenant.Id, AuditKinds.SignInRefused) { Person = Guid.NewGuid(), Data = new AuditData { ["reason"] = "NoRight" } };

        await refusals.WriteAsync(line, default);
        await refusals.WriteAsync(line with { Person = Guid.NewGuid() }, default);
        chain.Database.Clock.Advance(TimeSpan.FromHours(23));
        await refusals.WriteAsync(line, default);
        await refusals.WriteAsync(line with { Data = new AuditData { ["reason"] = "OtherAccount" } }, default);
        chain.Database.Clock.Advance(TimeSpan.FromHours(2));
        await refusals.WriteAsync(line, default);

        await using var db = await chain.Database.Contexts.OpenAsync(chain.Tenant.Id, default);
        var written = await db.Audit.Where(e => e.Kind == AuditKinds.SignInRefused).OrderBy(e => e.Sequence).ToListAsync();
        written.Select(e => e.Person == line.Person).ShouldBe([true, false, true, true]);
        (await chain.VerifyAsync()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task What_another_portal_writes_between_the_look_and_the_save_is_found()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var refusals = chain.Database.Get<Refusals>();
        await refusals.WriteAsync(new AuditLine(chain.Tenant.Id, AuditKinds.LinkRefused), default);
        var line = new AuditLine(chain.Tenant.Id, AuditKinds.SignInRefused) { Person = Guid.NewGuid() };
        var isFirst = true;

        await chain.Database.Contexts.ChangeAsync(chain.Tenant.Id, async db =>
        {
            await refusals.AddAsync(db, line, default);
            if (isFirst)
                await refusals.WriteAsync(line, default);
            isFirst = false;
        }, default);

        await using var db = await chain.Database.Contexts.OpenAsync(chain.Tenant.Id, default);
        (await db.Audit.CountAsync(e => e.Kind == AuditKinds.SignInRefused)).ShouldBe(1);
    }
}
