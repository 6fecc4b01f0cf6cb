using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Reads the tenant's licences that allow recording a person, for the page before any work.</summary>
public sealed class Licences(IDirectory directory, ISessions sessions, IOptions<SecurityGroupsOptions> options)
{
    /// <summary>Products by the names under which Microsoft sells them; their part numbers mean nothing to people.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SPE_E3"] = "Microsoft 365 E3", ["SPE_E5"] = "Microsoft 365 E5", ["SPB"] = "Microsoft 365 Business Premium",
        ["ENTERPRISEPACK"] = "Office 365 E3", ["ENTERPRISEPREMIUM"] = "Office 365 E5", ["MCOCAP"] = "Microsoft Teams Shared Devices",
        ["M365EDU_A3_FACULTY"] = "Microsoft 365 A3 for Faculty", ["M365EDU_A5_FACULTY"] = "Microsoft 365 A5 for Faculty",
        ["MEETING_ROOM"] = "Microsoft Teams Rooms Standard", ["Microsoft_Teams_Rooms_Pro"] = "Microsoft Teams Rooms Pro",
    };

    /// <summary>The product's name; one that is not known is shown by its part number, with spaces.</summary>
    public static string NameOf(Licence licence) => Names.GetValueOrDefault(licence.Product, licence.Product.Replace('_', ' '));

    /// <returns>Null if they may not or cannot be read at the moment.</returns>
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task<IReadOnlyList<Licence>?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await sessions.RequireAsync(actor.Access, cancellationToken);
        try
        {
            var held = await directory.GetLicencesAsync(actor.Access, cancellationToken);
            return [.. held.Where(l => l.Held > 0 && options.Value.Records(l)).OrderBy(l => l.Product, StringComparer.Ordinal)];
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
