namespace Luware.Portal.Colleagues;

/// <summary>Addresses of links to a handed step.</summary>
public static class ColleaguePaths
{
    /// <summary>The secret follows as a query: a path would stand in the scope of every line that is logged meanwhile.</summary>
    public const string Door = "/colleague";
}
