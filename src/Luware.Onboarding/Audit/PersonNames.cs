using Luware.Onboarding.Data;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

/// <summary>The names behind object ids. Stored data contains only ids; names are inserted when it is read.</summary>
internal sealed class PersonNames(IReadOnlyDictionary<Guid, string> known)
{
    private static readonly string Erased = Sentence.KeyArgument("Person.Erased");

    /// <param name="luware">Luware's own tenant, whose people are known in their own chain; null if there is none.</param>
    public static async Task<PersonNames> ReadAsync(PortalDbContext db, Guid chain, Guid? luware, CancellationToken cancellationToken)
    {
        var people = await db.People.AcrossTenants().Where(p => p.TenantId == chain || p.TenantId == luware)
            .Select(p => new { p.TenantId, p.ObjectId, p.Name }).ToListAsync(cancellationToken);
        return new PersonNames(people.OrderBy(p => p.TenantId != chain).DistinctBy(p => p.ObjectId).ToDictionary(p => p.ObjectId, p => p.Name));
    }

    public bool IsErased(Guid person) => known.GetValueOrDefault(person) is "";

    /// <summary>The name as a sentence's argument, or that it was erased; null for a person who was never known.</summary>
    public string? Find(Guid person) => IsErased(person) ? Erased : known.GetValueOrDefault(person);

    /// <summary>The name as a sentence's argument; the object id of a person who was never known.</summary>
    public string Of(Guid person) => Find(person) ?? $"{person}";

    public string In(string argument) => Sentence.MentionedIn(argument) is { } person ? Of(person) : argument;

    public Sentence In(Sentence sentence) => sentence with { Arguments = [.. sentence.Arguments.Select(In)] };
}
