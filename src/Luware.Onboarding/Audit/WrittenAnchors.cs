using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Luware.Onboarding.Handover;

namespace Luware.Onboarding.Audit;

/// <summary>An end of a chain that was recorded outside the database.</summary>
/// <param name="Tenant">The tenant as recorded: the log has the portal's own id, a hand-over Entra's. Null if it was not given.</param>
public sealed record WrittenAnchor(Guid? Tenant, AuditAnchor Anchor);

/// <summary>Finds anchors where the portal writes them: in the lines of its log, in any log format, and in the JSON of a hand-over.</summary>
public static partial class WrittenAnchors
{
    /// <summary>No hand-over is longer; a longer file is read line by line.</summary>
    private const long LongestHandover = 64 * 1024 * 1024;

    /// <param name="file">A stream that can be read only once, such as a pipe, is read line by line and not recognised as a hand-over.</param>
    public static async IAsyncEnumerable<WrittenAnchor> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await OfHandoverAsync(file, cancellationToken) is { } handed)
        {
            yield return handed;
            yield break;
        }

        if (file.CanSeek)
            file.Position = 0;
        using var lines = new StreamReader(file, leaveOpen: true);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (InLine(line) is { } written)
                yield return written;
        }
    }

    /// <summary>Finds the anchor in pasted text: the anchor alone, a line of the log, or the line of a hand-over.</summary>
    public static WrittenAnchor? In(string text) =>
        InLine(text)
        ?? (Alone().Match(text) is { Success: true } found && AuditAnchor.Parse(found.Value) is { } anchor ? new WrittenAnchor(null, anchor) : null);

    private static WrittenAnchor? InLine(string line) =>
        Line().Match(line) is { Success: true } found && AuditAnchor.Parse(found.Groups["anchor"].Value) is { } anchor
            ? new WrittenAnchor(Guid.Parse(found.Groups["tenant"].Value), anchor)
            : null;

    private static async Task<WrittenAnchor?> OfHandoverAsync(Stream file, CancellationToken cancellationToken)
    {
        if (!file.CanSeek || file.Length > LongestHandover)
            return null;
        try
        {
            using var document = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out var format) && format.ValueEquals(HandoverModel.FormatName)
                && root.GetProperty("tenant").GetProperty("entraTenantId").TryGetGuid(out var tenant)
                && AuditAnchor.Parse(root.GetProperty("audit").GetProperty("head").GetString()) is { } head
                ? new WrittenAnchor(tenant, head)
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not a hand-over: read it as lines.
            return null;
        }
    }

    [GeneratedRegex(
        "The audit of tenant (?<tenant>[0-9a-fA-F-]{36}) ends at (?<anchor>[0-9]{1,19}:[0-9a-f]{64})(?![0-9a-f])",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex("(?<![0-9a-zA-Z:])[0-9]{1,19}:[0-9a-fA-F]{64}(?![0-9a-zA-Z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alone();
}
