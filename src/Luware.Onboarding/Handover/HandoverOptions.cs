using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Handover;

/// <summary>How the hand-over is printed.</summary>
public sealed class HandoverOptions
{
    public const string Section = "Handover";

    /// <summary>The folder with the fonts of the PDF; empty for the operating system's own folders.</summary>
    public string? FontFolder { get; set; }

    internal sealed class Validator : IValidateOptions<HandoverOptions>
    {
        public ValidateOptionsResult Validate(string? name, HandoverOptions options) =>
            string.IsNullOrEmpty(options.FontFolder) || Directory.Exists(options.FontFolder)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Section}:{nameof(FontFolder)} is '{options.FontFolder}', where there is no folder. Name one that has the fonts, or leave it away.");
    }
}
