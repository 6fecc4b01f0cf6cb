using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Parts;

/// <summary>Icons as strokes on a square of 16 units. Every status has its own outline, so that colour is never the only difference.</summary>
public static class Icons
{
    private static readonly Dictionary<string, MarkupString> Paths = new(StringComparer.Ordinal)
    {
        ["check"] = new("<circle cx='8' cy='8' r='7' fill='currentColor' stroke='none'/><path d='M4.8 8.2l2.2 2.2 4.3-4.7' stroke='var(--page)'/>"),
        ["ring"] = new("<circle cx='8' cy='8' r='6.2'/>"),
        ["ready"] = new("<circle cx='8' cy='8' r='6.2'/><path d='M6.7 5.4v5.2L10.6 8z' fill='currentColor' stroke='none'/>"),
        ["queued"] = new("<path d='M4 1.8h8M4 14.2h8M4.8 1.8c0 3.4 6.4 9 6.4 12.4M11.2 1.8c0 3.4-6.4 9-6.4 12.4'/>"),
        ["run"] = new("<circle cx='8' cy='8' r='6.2'/><path d='M8 3.8a4.2 4.2 0 0 1 0 8.4z' fill='currentColor' stroke='none'/>"),
        ["plus"] = new("<rect x='1.8' y='1.8' width='12.4' height='12.4' rx='3'/><path d='M8 5v6M5 8h6'/>"),
        ["differs"] = new("<path d='M8 1.4L14.6 8 8 14.6 1.4 8z'/><path d='M5.6 6.8h4.8M5.6 9.4h4.8'/>"),
        ["later"] = new("<circle cx='8' cy='8' r='6.2' stroke-dasharray='2.4 2.1'/><path d='M5 8h.01M8 8h.01M11 8h.01' stroke-width='2'/>"),
        ["unread"] = new("<path d='M2 2l12 12M6.3 4.1A7 7 0 0 1 8 3.9c3.4 0 5.6 2.6 6.5 4.1a10 10 0 0 1-1.9 2.3"
            + "M4.2 5.2A10 10 0 0 0 1.5 8c.9 1.5 3.1 4.1 6.5 4.1 1 0 1.9-.2 2.7-.6'/>"),
        ["you"] = new("<circle cx='8' cy='5' r='2.9'/><path d='M2.6 14c.4-3 2.6-4.6 5.4-4.6s5 1.6 5.4 4.6'/>"),
        ["hand"] = new("<circle cx='7' cy='5' r='2.9'/><path d='M1.6 14c.4-3 2.6-4.6 5.4-4.6M8.6 12l1.9 1.9 4-4.3'/>"),
        ["flag"] = new("<path d='M3.5 14.5V2M3.5 2.6c3-1.6 5 1.4 8.7 0v6c-3.7 1.4-5.7-1.6-8.7 0'/>"),
        ["clock"] = new("<circle cx='8' cy='8' r='6.2'/><path d='M8 4.4V8l2.5 1.7'/>"),
        ["alert"] = new("<path d='M8 1.9l6.6 11.8H1.4z'/><path d='M8 6.3v3.3M8 11.6h.01' stroke-width='1.7'/>"),
        ["stop"] = new("<path d='M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z'/><path d='M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8'/>"),
        ["skip"] = new("<circle cx='8' cy='8' r='6.2'/><path d='M5 8h6'/>"),
        ["question"] = new("<path d='M2 3.2h12v8.2H8.6L5.4 14v-2.6H2z'/><path d='M6.5 6a1.5 1.5 0 1 1 2.2 1.3c-.5.3-.7.5-.7 1M8 9.6h.01' stroke-width='1.2'/>"),
        ["note"] = new("<circle cx='8' cy='8' r='6.2'/><path d='M8 7.4v3.6M8 5h.01' stroke-width='1.7'/>"),
        ["chevron"] = new("<path d='M6 3.5L10.5 8 6 12.5'/>"),
        ["down"] = new("<path d='M3.5 6L8 10.5 12.5 6'/>"),
        ["copy"] = new("<rect x='5.5' y='5.5' width='8.5' height='8.5' rx='1.8'/>"
            + "<path d='M10.5 2.8A1.5 1.5 0 0 0 9.2 2H3.6A1.6 1.6 0 0 0 2 3.6v5.6c0 .6.3 1.1.8 1.3'/>"),
        ["save"] = new("<path d='M8 2v8M4.6 7L8 10.4 11.4 7M2.5 13.5h11'/>"),
        ["again"] = new("<path d='M13.5 2.5v3.7H9.8M13.2 6A5.7 5.7 0 1 0 13.7 9'/>"),
        ["theme"] = new("<circle cx='8' cy='8' r='6.2'/><path d='M8 1.8a6.2 6.2 0 0 1 0 12.4z' fill='currentColor' stroke='none'/>"),
    };

    private static readonly ConcurrentDictionary<(string Name, string Look), MarkupString> Drawn = [];

    public static IReadOnlyCollection<string> Names => Paths.Keys;

    /// <summary>The icon as cached markup, shared by all pages, which needs no component.</summary>
    /// <param name="look">Classes in addition to its own.</param>
    public static MarkupString Draw(string name, string look = "") => Drawn.GetOrAdd((name, look), _ =>
        new MarkupString($"""<svg class="{(look.Length > 0 ? $"icon {look}" : "icon")}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{Paths[name].Value}</svg>"""));
}
