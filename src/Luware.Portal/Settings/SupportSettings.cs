using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>Whom people can contact. What is not set is not shown.</summary>
internal sealed class SupportSettings : ISettings
{
    public static string Section => "Support";

    public string? Helpdesk { get; set; }

    public string? Status { get; set; }

    public string? SpecialistName { get; set; }

    public string? SpecialistMail { get; set; }

    public Help Help => new(Address(Helpdesk), Address(Status), SpecialistName is { } name ? new Contact(name, SpecialistMail) : null);

    public IEnumerable<string> Faults()
    {
        if (!IsLink(Helpdesk))
            yield return $"Support:Helpdesk is '{Helpdesk}'. Set an https: or mailto: address, or leave it away.";
        if (!IsLink(Status))
            yield return $"Support:Status is '{Status}'. Set an https: address, or leave it away.";
        if (SpecialistMail is not null && !SpecialistMail.Contains('@', StringComparison.Ordinal))
            yield return $"Support:SpecialistMail is '{SpecialistMail}'. Set a mail address, or leave it away.";
    }

    private static bool IsLink(string? value) =>
        value is null || (Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto));

    private static Uri? Address(string? value) => value is null ? null : new Uri(value);
}
