using System.Collections.Immutable;

namespace Luware.Portal.Sandbox.World;

/// <summary>Creates the people of a tenant; the same name always has the same id.</summary>
internal sealed class Staff(Guid tenantId, string domain)
{
    private static readonly string[] FirstNames =
        ["Julia", "Markus", "Franziska", "Thomas", "Sabine", "Andreas", "Carolin", "Matthias"];

    private static readonly string[] LastNames = ["Becker", "Hoffmann", "Wagner", "Krause", "Richter"];

    public Person Administrator(string name, string jobTitle, params IEnumerable<DirectoryRole> roles) => Make(name, jobTitle, [.. roles], [], canSignIn: true);

    public Person Eligible(string name, string jobTitle, params IEnumerable<DirectoryRole> roles) => Make(name, jobTitle, [], [.. roles], canSignIn: true);

    public Person Colleague(string name, string jobTitle, bool canSignIn = false) => Make(name, jobTitle, [], [], canSignIn);

    /// <summary>Creates a person with app roles of the portal.</summary>
    public Person Holder(string name, string jobTitle, params IEnumerable<string> appRoles) =>
        Colleague(name, jobTitle, canSignIn: true) with { AppRoles = [.. appRoles] };

    /// <summary>Creates up to 40 colleagues with different names.</summary>
    public IEnumerable<Person> Colleagues(int count, string jobTitle) => LastNames
        .SelectMany(last => FirstNames, (last, first) => Colleague($"{first} {last}", jobTitle))
        .Take(count);

    private Person Make(string name, string jobTitle, ImmutableList<DirectoryRole> roles, ImmutableList<DirectoryRole> eligible, bool canSignIn)
    {
        var address = $"{name.ToLowerInvariant().Replace(' ', '.')}@{domain}";
        return new Person(StableId.Of(tenantId.ToString(), "person", address), name, address, jobTitle, roles, eligible, canSignIn);
    }
}
