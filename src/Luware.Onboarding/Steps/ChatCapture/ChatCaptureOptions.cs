using System.Collections.Frozen;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.ChatCapture;

/// <summary>The permissions of the chat application. They are a setting, because Luware's article does not publish them.</summary>
public sealed class ChatCaptureOptions : ISettings
{
    public static string Section => "ChatCapture";

    /// <summary>Permissions whose purpose the texts explain.</summary>
    private static readonly FrozenSet<string> Explained = FrozenSet.Create(
        StringComparer.Ordinal, "ChannelMessage.Read.All", "Chat.Read.All", "Files.Read.All", "Sites.Read.All", "Team.ReadBasic.All", "User.Read.All");

    /// <summary>Luware's page about its preconditions.</summary>
    public string? Article { get; set; }

    /// <summary>Raised with every change of the lists.</summary>
    public int Version { get; set; } = 1;

    public List<PermissionSettings> Permissions { get; } = [];

    /// <summary>Permissions that are also needed when attached files are captured.</summary>
    public List<PermissionSettings> AttachmentPermissions { get; } = [];

    public PermissionSet Required(bool attachments) =>
        new(Version, [.. Permissions.Concat(attachments ? AttachmentPermissions : [])
            .Select(p => new RequiredPermission(Guid.Parse(p.Id!), p.Name!, Delegated: false))]);

    internal static Sentence Words(RequiredPermission permission) =>
        Explained.Contains(permission.Name) ? new Sentence($"ChatPermission.{permission.Name}") : new Sentence("ChatPermission");

    public IEnumerable<string> Faults()
    {
        if (!Uri.TryCreate(Article, UriKind.Absolute, out var article) || article.Scheme != Uri.UriSchemeHttps)
            yield return $"{Section}:Article is '{Article}': enter the https address of Luware's page.";
        if (Permissions.Count == 0)
            yield return $"{Section}:Permissions is empty: enter the application permissions of the chat application, as appsettings.json does.";
        foreach (var fault in Faults(nameof(Permissions), Permissions).Concat(Faults(nameof(AttachmentPermissions), AttachmentPermissions)))
            yield return fault;
        var sameId = Permissions.Concat(AttachmentPermissions).GroupBy(p => p.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var twice in sameId.Where(g => g.Key is not null && g.Count() > 1))
            yield return $"{Section} names the permission {twice.Key} twice: once is enough.";
    }

    private static IEnumerable<string> Faults(string list, List<PermissionSettings> permissions)
    {
        foreach (var (permission, index) in permissions.Select((p, i) => (p, i)))
        {
            if (string.IsNullOrWhiteSpace(permission.Name))
                yield return $"{Section}:{list}:{index}:Name is missing: enter the permission's name in Microsoft Graph, such as Chat.Read.All.";
            if (!Guid.TryParse(permission.Id, out var id) || id == Guid.Empty)
                yield return $"{Section}:{list}:{index}:Id is '{permission.Id}': enter the id of the app role in Microsoft Graph, a GUID.";
        }
    }
}

public sealed class PermissionSettings
{
    public string? Name { get; set; }

    /// <summary>The app role's id in Microsoft Graph.</summary>
    public string? Id { get; set; }
}
