namespace Luware.Onboarding.Regions;

/// <summary>Reports all faults of the regions' settings; each message names the key and the remedy.</summary>
internal static class RegionRules
{
    public static IEnumerable<string> Faults(RegionOptions options) => options.Regions.Count == 0
        ? ["Regions is empty: describe at least one region, as the appsettings.json of this version does."]
        : options.Regions.SelectMany(r => RegionFaults(r.Key, r.Value)).Concat(SameTwice(options));

    private static IEnumerable<string> RegionFaults(string region, RegionSettings settings)
    {
        var key = $"Regions:{region}";
        if (string.IsNullOrWhiteSpace(settings.Name))
            yield return $"{key}:Name is missing: enter the region's name, or remove {key} if the region's key is misspelt.";
        if (settings.Applications.Count is 0 or > 2)
            yield return $"{key}:Applications has {settings.Applications.Count} entries: a region has one recording application, a 2N region has two.";
        if (settings.Version < 1)
            yield return $"{key}:Version is {settings.Version}: enter a whole number from 1, and raise it with every change of the region.";
        foreach (var location in settings.StorageLocations.Where(l => l.Length == 0 || !l.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
            yield return $"{key}:StorageLocations holds '{location}': enter Azure's short names of locations, such as germanywestcentral.";
        if (!string.IsNullOrWhiteSpace(settings.EndpointSubscription) && !Guid.TryParse(settings.EndpointSubscription, out _))
            yield return $"{key}:EndpointSubscription is '{settings.EndpointSubscription}': enter the GUID of Luware's subscription, or leave it empty.";

        var chat = string.IsNullOrWhiteSpace(settings.Chat.ApplicationId) ? [] : ApplicationFaults($"{key}:Chat", settings.Chat);
        foreach (var fault in settings.Applications.SelectMany((a, i) => RecorderFaults(Key(region, i), a)).Concat(chat))
            yield return fault;
    }

    private static IEnumerable<string> RecorderFaults(string key, RecordingApplicationSettings application)
    {
        foreach (var fault in ApplicationFaults(key, application))
            yield return fault;
        if (!IsPrefix(application.UserPrincipalNamePrefix))
            yield return $"{key}:UserPrincipalNamePrefix is '{application.UserPrincipalNamePrefix}': "
                + "enter 1 to 64 lower-case letters, digits or hyphens, such as luwarerecording-mtch-1.";
    }

    private static IEnumerable<string> ApplicationFaults(string key, ConsentApplicationSettings application)
    {
        if (string.IsNullOrWhiteSpace(application.ApplicationId))
            yield return $"{key}:ApplicationId is missing: enter the id of Luware's recording application for this region.";
        else if (!Guid.TryParse(application.ApplicationId, out var id) || id == Guid.Empty)
            yield return $"{key}:ApplicationId is '{application.ApplicationId}', which is not an application id: "
                + "enter a GUID such as 7b1c2d3e-0000-4000-8000-1234567890ab.";

        if (string.IsNullOrWhiteSpace(application.DisplayName))
            yield return $"{key}:DisplayName is missing: enter the application's name, such as Luware Recording MTCH 1.";
        if (!application.ReturnsToPortal && !IsWebsite(application.ConsentRedirect))
            yield return $"{key}:ConsentRedirect is '{application.ConsentRedirect}': "
                + "enter Portal, or the https address that is registered for the application.";
    }

    private static IEnumerable<string> SameTwice(RegionOptions options)
    {
        var applications = options.Regions.SelectMany(r => r.Value.Applications.Select((a, i) => (Key: Key(r.Key, i), Application: a))).ToList();
        // Several regions may share a chat application, but it must not be a recording application.
        var recorders = applications.Select(a => Id(a.Application)).OfType<Guid>().ToHashSet();
        var mixed = options.Regions.Where(r => Id(r.Value.Chat) is { } chat && recorders.Contains(chat))
            .Select(r => $"Regions:{r.Key}:Chat:ApplicationId is a recording application: chat capture has an application of its own.");
        return Doubles("ApplicationId", a => Id(a)?.ToString())
            .Concat(mixed)
            .Concat(Doubles("UserPrincipalNamePrefix", a => a.UserPrincipalNamePrefix));

        IEnumerable<string> Doubles(string setting, Func<RecordingApplicationSettings, string?> value) =>
            applications.GroupBy(a => value(a.Application), StringComparer.OrdinalIgnoreCase)
                .Where(g => !string.IsNullOrWhiteSpace(g.Key) && g.Count() > 1)
                .Select(g => $"{string.Join(" and ", g.Select(a => $"{a.Key}:{setting}"))} are the same ({g.Key}): every recording application has its own.");
    }

    private static string Key(string region, int index) => $"Regions:{region}:Applications:{index}";

    private static Guid? Id(ConsentApplicationSettings application) => Guid.TryParse(application.ApplicationId, out var id) ? id : null;

    private static bool IsWebsite(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;

    private static bool IsPrefix(string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
