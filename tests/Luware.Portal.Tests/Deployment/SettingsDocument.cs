using System.Text.Json;

namespace Luware.Portal.Tests.Deployment;

/// <summary>The settings as tables, made of appsettings.json: its keys, defaults and comments.</summary>
internal static class SettingsDocument
{
    public sealed record Setting(string Key, string? Default, string Comment);

    private const string Head = """
        # Settings

        A test (`SettingsDocumentTests`) makes this page from the comments in `appsettings.json` and says how to renew it. `A:B` is `A__B` as an environment variable or as the name of a file below `Secrets:Directory`, and
        `--A:B=` on the command line. A missing or wrong value ends the start with a list of every fault. Times are written `[days.]hours:minutes:seconds`. No default means `null` or an empty text.

        """;

    /// <summary>The heading of the keys that belong to no section.</summary>
    private const string Plain = "Without a section";

    /// <summary>All of docs/settings.md.</summary>
    public static string Whole(IReadOnlyList<Setting> settings) =>
        Head + string.Concat(settings.GroupBy(Heading, StringComparer.Ordinal).Select(section => Section(section.Key, [.. section])));

    /// <summary>The table of README.md: what the portal does not start without.</summary>
    public static string Short(IReadOnlyList<Setting> settings, IEnumerable<string> required) =>
        "| key | what |\n|---|---|\n" + string.Concat(required.Select(key => $"| `{key}` | {Cell(settings.Single(s => s.Key == key).Comment)} |\n"));

    private static string Heading(Setting setting) =>
        setting.Default is not null && !setting.Key.Contains(':', StringComparison.Ordinal) ? Plain : setting.Key.Split(':')[0];

    private static string Section(string name, List<Setting> settings)
    {
        var about = settings[0] is { Default: null, Comment.Length: > 0 } head && head.Key == name ? $"{head.Comment}\n\n" : "";
        var rows = settings.Where(s => s.Default is not null || (s.Key != name && s.Comment.Length > 0))
            .Select(s => $"| `{s.Key}` | {Code(s.Default)} | {Cell(s.Comment)} |\n");
        return $"\n## {name}\n\n{about}| key | default | |\n|---|---|---|\n{string.Concat(rows)}";
    }

    public static IReadOnlyList<Setting> Read(string file)
    {
        var json = File.ReadAllBytes(file);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Allow });
        var settings = new List<Setting>();
        reader.Read();
        ReadObject(ref reader, json, "", settings);
        return settings.ConvertAll(s => s.Comment.Length > 0 || s.Default is null ? s : s with { Comment = InFirstEntry(s, settings) });
    }

    /// <summary>The comment of the same key in the first entry of its list or map: regions and permissions have the same keys in every entry.</summary>
    private static string InFirstEntry(Setting setting, List<Setting> settings)
    {
        var path = setting.Key.Split(':');
        return settings.Find(s => s.Comment.Length > 0
            && s.Key.Split(':') is var other && other.Length == path.Length && other[0] == path[0] && other[^1] == path[^1])?.Comment ?? "";
    }

    private static void ReadObject(ref Utf8JsonReader reader, byte[] json, string path, List<Setting> settings)
    {
        var comment = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.TokenType == JsonTokenType.Comment)
            {
                comment.Add(reader.GetComment().Trim());
                // A comment before a blank line is about the file.
                if (IsBlankLineNext(json.AsSpan((int)reader.TokenStartIndex)))
                    comment.Clear();
                continue;
            }

            var key = path + reader.GetString();
            reader.Read();
            ReadValue(ref reader, json, key, string.Join(' ', comment), settings);
            comment.Clear();
        }
    }

    private static bool IsBlankLineNext(ReadOnlySpan<byte> text) => text[(text.IndexOf((byte)'\n') + 1)..].TrimStart("\r "u8).StartsWith("\n"u8);

    private static void ReadValue(ref Utf8JsonReader reader, byte[] json, string key, string comment, List<Setting> settings)
    {
        if (reader.TokenType == JsonTokenType.StartObject && !IsEmpty(reader))
        {
            settings.Add(new Setting(key, null, comment));
            ReadObject(ref reader, json, key + ":", settings);
        }
        else if (reader.TokenType == JsonTokenType.StartArray && IsOfObjects(reader))
        {
            settings.Add(new Setting(key, null, comment));
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray;)
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    ReadObject(ref reader, json, $"{key}:{index++}:", settings);
            }
        }
        else
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            settings.Add(new Setting(key, OnOneLine(json[start..(int)reader.BytesConsumed]), comment));
        }
    }

    // The reader is a value: looking ahead moves a copy.
    private static bool IsEmpty(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.EndObject;

    private static bool IsOfObjects(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    private static string OnOneLine(byte[] value)
    {
        using var document = JsonDocument.Parse(value, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return JsonSerializer.Serialize(document.RootElement, Unescaped);
    }

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Code(string? value) => value is null or "null" or "\"\"" ? "" : $"`{value.Trim('"')}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
