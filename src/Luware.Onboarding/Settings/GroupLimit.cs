namespace Luware.Onboarding.Settings;

/// <summary>How many groups Luware Recording may synchronise for a customer, all roles together: a limit of the customer's solution package.</summary>
internal static class GroupLimit
{
    public const int Default = 10;

    /// <summary>One group for each role.</summary>
    private const int Fewest = 3;

    /// <summary>Teams assigns policies of one type to no more groups.</summary>
    private const int Most = 64;

    /// <param name="key">The settings key that holds the limit.</param>
    /// <returns>Null if the limit is possible.</returns>
    public static string? Fault(string key, int limit) => limit is < Fewest or > Most
        ? $"{key} is {limit}. Set it to a number from {Fewest} to {Most}: the groups that the solution package may synchronise."
        : null;
}
