namespace Luware.Onboarding.Tests.Audit;

/// <summary>The key that seals the audit in tests.</summary>
internal static class AuditKey
{
    public const string Name = "test";

    public static readonly string Value = Of(1);

    public static string Of(byte fill) => Convert.ToBase64String([.. Enumerable.Repeat(fill, 32)]);
}
