namespace Luware.Onboarding.Parts;

/// <summary>The address that opens a person's mail program with a mail already written.</summary>
internal static class MailLink
{
    /// <remarks>A line break is CR LF whatever the text has (RFC 6068, section 5); some programs show one long line otherwise.</remarks>
    public static string To(string subject, string body) =>
        $"mailto:?subject={Uri.EscapeDataString(subject)}&body={Uri.EscapeDataString(body.ReplaceLineEndings("\r\n"))}";
}
