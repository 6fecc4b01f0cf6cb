using FsCheck;
using FsCheck.Fluent;

namespace Luware.TeamsPowerShell.Tests;

/// <summary>Texts of characters with a meaning in PowerShell, and of all others. Unpaired surrogates cannot be sent and are left out.</summary>
internal static class HostileTexts
{
    private static Gen<string> Generator =>
        Gen.Elements([.. "'‘’‚‛\"“”„$`\\;#@(){}[]-–—\0\r\n\té\uFEFFab 1"]).ListOf().Select(list => new string([.. list]))
            .Or(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get))
            .Where(text => !text.Any(char.IsSurrogate));

    public static Arbitrary<string> All => Generator.ToArbitrary();

    public static IReadOnlyList<string> Sample(int count) => [.. Generator.Sample(count)];
}
