using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Parts;

/// <summary>Of how many a thing is true already, in one bar and in words.</summary>
public sealed partial class Tracker
{
    /// <summary>The largest number that is drawn as single marks.</summary>
    private const int Single = 60;

    private readonly string hatch = $"hatch-{Guid.NewGuid():n}";

    [Parameter, EditorRequired] public int Good { get; set; }
    [Parameter, EditorRequired] public int Waiting { get; set; }
    [Parameter] public int Defeated { get; set; }
    [Parameter] public int Unknown { get; set; }
    [Parameter, EditorRequired] public string GoodWord { get; set; } = "";
    [Parameter, EditorRequired] public string WaitingWord { get; set; } = "";
    [Parameter] public string DefeatedWord { get; set; } = "";
    [Parameter] public string UnknownWord { get; set; } = "";

    private int Total => Math.Max(1, Good + Waiting + Defeated + Unknown);
    private double Stripe => Total / 120.0;

    private IEnumerable<(double Start, double Width, string Look, string? Fill)> Segments
    {
        get
        {
            var start = 0;
            (int, string, string?)[] parts =
            [
                (Good, "tone-ok", null),
                (Waiting, "tone-wait later", null),
                (Defeated, "tone-drift hatched", $"url(#{hatch})"),
                (Unknown, "tone-quiet open", null),
            ];
            foreach (var (number, look, fill) in parts)
            {
                for (var i = 0; i < (Total > Single ? Math.Min(1, number) : number); i++)
                    yield return (start + i, Total > Single ? number : 1, look, fill);
                start += number;
            }
        }
    }

    private static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
