using System.Collections.Frozen;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.ChatCapture;

/// <summary>The permissions of the chat application. They are a setting, because Luware's article does not publish them.</summary>
public sealed class ChatCaptureOptions
{
    public const string Section = "ChatCapture";

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
        new(Version, [.. Permissions.Concat(attachments ? AttachmentPermissions : []).Select(p => new RequiredPermission(Guid.Parse(p.Id!), p.Name!, Delegated: false))]);

    internal static Sentence Words(RequiredPermission permission) =>
        Explained.Contains(permission.Name) ? new Sentence($"ChatPermission.{permission.Name}") : new Sentence("ChatPermission");

    internal sealed class Validator : IValidateOptions<ChatCaptureOptions>
    {
        public ValidateOptionsResult Validate(string? name, ChatCaptureOptions options)
        {
            var faults = new List<string>();
            if (!Uri.TryCreate(options.Article, UriKind.Absolute, out var article) || article.Scheme != Uri.UriSchemeHttps)
                faults.Add($"{Section}:Article is '{options.Article}': enter the https address of Luware's page.");
            if (options.Permissions.Count == 0)
                faults.Add($"{Section}:Permissions is empty: enter the application permissions of the chat application, as appsettings.json does.");
            faults.AddRange(Faults(nameof(Permissions), options.Permissions));
            faults.AddRange(Faults(nameof(AttachmentPermissions), options.AttachmentPermissions));
            faults.AddRange(options.Permissions.Concat(options.AttachmentPermissions).GroupBy(p => p.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Key is not null && g.Count() > 1)
                .Select(g => $"{Section} names the permission {g.Key} twice: once is enough."));
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
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
}

public sealed class PermissionSettings
{
    public string? Name { get; set; }

    /// <summary>The app role's id in Microsoft Graph.</summary>
    public string? Id { get; set; }
}
