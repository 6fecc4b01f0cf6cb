using System.Globalization;
using System.Text;
using Luware.Onboarding.Data.Entities;

namespace Luware.Onboarding.Texts;

/// <summary>Builds names of files about a tenant from letters, digits and hyphens only, so that they are safe on every system and in a header.</summary>
internal static class FileNames
{
    private const int LongestName = 40;

    public static string Of(string what, CustomerTenant customer, DateTimeOffset at, string extension) =>
        $"luware-{what}-{Plain(customer)}-{at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{extension}";

    private static string Plain(CustomerTenant customer)
    {
        var plain = new StringBuilder();
        foreach (var letter in Folding.Plain(customer.Name))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                plain.Append(letter);
            else if (plain.Length > 0 && plain[^1] != '-')
                plain.Append('-');
        }

        var name = plain.ToString();
        name = name[..Math.Min(name.Length, LongestName)].Trim('-');
        return name.Length > 0 ? name : $"{customer.EntraTenantId}";
    }
}
