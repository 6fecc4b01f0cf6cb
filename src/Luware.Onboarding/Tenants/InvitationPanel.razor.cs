using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>Invites the customer: makes the link, shows it once with the mail to go with it, says what became of it, takes it back.</summary>
public sealed partial class InvitationPanel : ComponentBase
{
    private NewInvitation? made;
    private bool busy;

    [Inject] public required ISpecialistDesk Specialists { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required DeskPage Desk { get; set; }

    [Parameter, EditorRequired] public required TenantFile File { get; set; }

    private IReadOnlyList<InvitationView> Accepted => [.. File.Invitations.Where(i => i.AcceptedBy is not null)];

    private InvitationView? Waiting => File.Invitations.FirstOrDefault(i => i.AcceptedBy is null);

    protected override void OnParametersSet()
    {
        // Somebody has come by it, or it was taken back: the link has done its work.
        if (made is { } link && !File.Invitations.Any(i => i.AcceptedBy is null && i.Id == link.Id) && !busy)
            made = null;
    }

    private Task InviteAsync() => BusyAsync(() => Desk.AskAsync(async (who, token) => made = await Specialists.InviteAsync(who, File.Row.Id, token)));

    private Task RevokeAsync(InvitationView invitation) => BusyAsync(() => Desk.AskAsync(async (who, token) =>
    {
        await Specialists.RevokeInvitationAsync(who, File.Row.Id, invitation.Id, token);
        if (invitation.AcceptedBy is null)
            made = null;
    }));

    private async Task BusyAsync(Func<Task> act)
    {
        busy = true;
        await act();
        busy = false;
    }

    private string Standing(InvitationView open) => open.ExpiresAt > Clock.Now
        ? Say["Invitation.Open", open.CreatedBy, Clock.In(Say, open.CreatedAt), Clock.Text(open.ExpiresAt)]
        : Say["Invitation.Expired", open.CreatedBy, Clock.In(Say, open.CreatedAt), Clock.In(Say, open.ExpiresAt)];

    private string Address(string path) => Navigation.ToAbsoluteUri(path).AbsoluteUri;

    /// <summary>In the customer's language.</summary>
    private string Mail(string path, DateTimeOffset expiresAt) =>
        Say.In(File.Details.Language, say => say["Invitation.MailText", File.Row.Name, Address(path), Clock.Local(expiresAt).ToString("D", CultureInfo.CurrentCulture), Desk.Who!.Name]);

    private string MailTo(string path, DateTimeOffset expiresAt)
    {
        var subject = Say.In(File.Details.Language, say => say["Invitation.MailSubject", File.Row.Name]);
        return $"mailto:?subject={Uri.EscapeDataString(subject)}&body={Uri.EscapeDataString(Mail(path, expiresAt))}";
    }
}
