using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Tenants;

/// <summary>Invites the customer: creates the link, shows it once with a mail text, shows what became of it, and revokes it.</summary>
public sealed partial class InvitationPanel
{
    private NewInvitation? made;

    /// <summary>True once the page has received the invitation created here.</summary>
    private bool isKnown;

    // What the person is asked about; null if nothing.
    private Question? asked;

    [Inject] public required ISpecialistDesk Specialists { get; init; }
    [Inject] public required PublicAddress Portal { get; init; }

    [Parameter, EditorRequired] public required TenantFile File { get; set; }

    /// <summary>True if inviting somebody is what this tenant waits for.</summary>
    [Parameter] public bool IsNext { get; set; }

    private IReadOnlyList<InvitationView> Accepted => [.. File.Invitations.Where(i => i.AcceptedBy is not null)];

    private InvitationView? Waiting => File.Invitations.FirstOrDefault(i => i.AcceptedBy is null);

    /// <summary>Shows the link only once, and hides it when it was used or revoked. A page that has not received the invitation yet does not decide.</summary>
    protected override void OnParametersSet()
    {
        var isOpen = File.Invitations.Any(i => i.AcceptedBy is null && i.Id == made?.Id);
        if (isKnown && !isOpen)
            made = null;
        isKnown = isOpen;
        // What was asked about may have gone, or have been accepted, meanwhile.
        if (asked is { } question && File.Invitations.All(i => i.Id != question.About.Id || i.AcceptedBy != question.About.AcceptedBy))
            asked = null;
    }

    /// <summary>Asks first while a link is out that would stop working.</summary>
    private Task RenewAsync()
    {
        if (Waiting is not { } open || open.ExpiresAt <= Clock.Now)
            return InviteAsync();

        asked = new Question(open, Renews: true);
        FocusOn("#invitation-question");
        return Task.CompletedTask;
    }

    /// <param name="invitation">The invitation to revoke; null to ask no more.</param>
    private void Ask(InvitationView? invitation)
    {
        asked = invitation is null ? null : new Question(invitation, Renews: false);
        FocusOn(asked is null ? "#invitation" : "#invitation-question");
    }

    private async Task DoAsync()
    {
        if (asked is not { } question || IsBusy)
            return;

        asked = null;
        await (question.Renews ? InviteAsync() : RevokeAsync(question.About.Id));
    }

    private Task InviteAsync() => AskAsync(async (who, token) =>
    {
        Problem = null;
        (made, isKnown) = (await Specialists.InviteAsync(who, File.Row.Id, token), false);
        FocusOn("#invitation-made");
    });

    private Task RevokeAsync(Guid invitation) => AskAsync(async (who, token) =>
    {
        Problem = null;
        await Specialists.RevokeInvitationAsync(who, File.Row.Id, invitation, token);
        if (made?.Id == invitation)
            made = null;
        FocusOn("#invitation");
    });

    private string Standing(InvitationView open) => open.ExpiresAt > Clock.Now
        ? Say["Invitation.Open", open.CreatedBy, Clock.In(Say, open.CreatedAt), Clock.Text(open.ExpiresAt)]
        : Say["Invitation.Expired", open.CreatedBy, Clock.In(Say, open.CreatedAt), Clock.In(Say, open.ExpiresAt)];

    private string Address(string path) => Portal.At(path);

    /// <summary>The mail text in the customer's language.</summary>
    private string Mail(string path, DateTimeOffset expiresAt) =>
        Say.In(File.Details.Language, say => say["Invitation.MailText",
            File.Row.Name, Address(path), Clock.InFull(expiresAt), Who!.Name, Portal.At("onboarding")]);

    private string MailTo(string path, DateTimeOffset expiresAt)
    {
        var subject = Say.In(File.Details.Language, say => say["Invitation.MailSubject", File.Row.Name]);
        return MailLink.To(subject, Mail(path, expiresAt));
    }

    private string Words(Question question) => question switch
    {
        { Renews: true } => Say["Invitation.RenewQuestion"],
        { About.AcceptedBy: { } person } => Say["Invitation.RevokeQuestion", person],
        _ => Say["Invitation.RevokeOpenQuestion"],
    };

    /// <param name="About">The invitation that ends.</param>
    private sealed record Question(InvitationView About, bool Renews);
}
