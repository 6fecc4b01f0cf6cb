using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Texts;

public sealed class FileNamesTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Groß AG", "gross-ag")]
    [InlineData("Zürich & Söhne", "zurich-sohne")]
    [InlineData(" ../etc ", "etc")]
    public void A_file_is_named_after_its_tenant_in_plain_letters(string tenant, string plain) =>
        FileNames.Of("audit", new CustomerTenant { EntraTenantId = Guid.NewGuid(), Name = tenant, Region = "MTCH", CreatedAt = Day }, Day, "jsonl")
            .ShouldBe($"luware-audit-{plain}-2026-11-27.jsonl");
}
