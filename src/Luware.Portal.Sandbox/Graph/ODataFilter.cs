using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>The part of OData's filter language that the portal uses for directory lists: eq, startswith, and, or, parentheses.</summary>
internal sealed partial class ODataFilter
{
    private readonly List<string> _tokens;
    private int _at;

    private ODataFilter(string text) => _tokens = Tokenize(text);

    /// <exception cref="GraphException">The filter is not supported.</exception>
    public static Func<JsonObject, bool> Parse(string text)
    {
        var filter = new ODataFilter(text);
        var condition = filter.Or();
        return filter._at == filter._tokens.Count ? condition : throw Invalid(text);
    }

    private string? Next => _at < _tokens.Count ? _tokens[_at] : null;

    private Func<JsonObject, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (first, second) = (left, And());
            left = item => first(item) || second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> And()
    {
        var left = Condition();
        while (Take("and"))
        {
            var (first, second) = (left, Condition());
            left = item => first(item) && second(item);
        }

        return left;
    }

    private Func<JsonObject, bool> Condition()
    {
        if (Take("("))
        {
            var inner = Or();
            Require(")");
            return inner;
        }

        if (Take("startswith"))
        {
            Require("(");
            var property = TakeAny();
            Require(",");
            var start = Literal();
            Require(")");
            return item => Text(item, property)?.StartsWith(start, StringComparison.OrdinalIgnoreCase) is true;
        }

        var name = TakeAny();
        Require("eq");
        var value = Literal();
        return item => string.Equals(Text(item, name), value, StringComparison.OrdinalIgnoreCase);
    }

    private bool Take(string token)
    {
        if (!string.Equals(Next, token, StringComparison.OrdinalIgnoreCase))
            return false;
        _at++;
        return true;
    }

    private void Require(string token)
    {
        if (!Take(token))
            throw Invalid(string.Join(' ', _tokens));
    }

    private string TakeAny() => _at < _tokens.Count ? _tokens[_at++] : throw Invalid(string.Join(' ', _tokens));

    private string Literal()
    {
        var token = TakeAny();
        return token.StartsWith('\'') ? token[1..^1].Replace("''", "'", StringComparison.Ordinal) : token;
    }

    private static string? Text(JsonObject item, string property) => item[property]?.ToString();

    private static List<string> Tokenize(string text)
    {
        var matches = Token().Matches(text);
        return matches.Sum(m => m.Length) == text.Length
            ? [.. matches.Select(m => m.Value.Trim()).Where(t => t.Length > 0)]
            : throw Invalid(text);
    }

    private static GraphException Invalid(string text) => new(GraphError.BadRequest($"Invalid filter clause: {text}"));

    [GeneratedRegex(@"'(?:[^']|'')*'|[()\,]|[\w\-/.]+|\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
