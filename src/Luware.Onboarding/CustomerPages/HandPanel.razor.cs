using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Hands the step to a colleague: creates the link, shows it once, shows what became of it, and revokes it.</summary>
public sealed partial class HandPanel
{
    private NewLink? made;

    /// <summary>The previous link, which the view shows until it has received the one created here.</summary>
    private Guid? before;

    /// <summary>What the person is asked about; null if nothing.</summary>
    private Question? asked;

    [Inject] public required IColleagueLinks Links { get; init; }
    [Inject] public required PublicAddress Portal { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    [Parameter, EditorRequired] public required StepView Step { get; set; }

    protected override void OnParametersSet()
    {
        Judge();
        // What was asked about may have gone, or have been accepted, meanwhile.
        if (asked is { About: var about } && (Step.Handed?.Id != about.Id || Step.Handed.AcceptedBy != about.AcceptedBy))
            asked = null;
    }

    /// <summary>Asks first while a link is good that would stop working, or a colleague has the step who would lose it.</summary>
    private Task RenewAsync()
    {
        if (Step.Handed is not { } old || !old.IsGoodAt(Clock.Now))
            return MakeAsync();

        Ask(new Question(old, Renews: true));
        return Task.CompletedTask;
    }

    /// <summary>Asks first while a colleague has the step who would lose it.</summary>
    private Task EndAsync()
    {
        if (Step.Handed is not { AcceptedBy: not null } accepted || !accepted.IsGoodAt(Clock.Now))
            return RevokeAsync();

        Ask(new Question(accepted, Renews: false));
        return Task.CompletedTask;
    }

    private void Ask(Question? question)
    {
        asked = question;
        FocusOn(asked is null ? "#hand-make" : "#hand-question");
    }

    private async Task DoAsync()
    {
        if (asked is not { } question || IsBusy)
            return;

        asked = null;
        await (question.Renews ? MakeAsync() : RevokeAsync());
    }

    private Task MakeAsync() => AskAsync(async (who, token) =>
    {
        before = Step.Handed?.Id;
        var link = await Links.HandAsync(who, Step.Step, token);
        (made, Problem) = (link.Secret is null ? null : link, link.Problem);
        Judge();
        FocusOn(made is null ? "#hand-make" : "#hand-made");
    });

    private Task RevokeAsync() => AskAsync(async (who, token) =>
    {
        await Links.RevokeAsync(who, Step.Step, token);
        (made, Problem) = (null, null);
    });

    /// <summary>Hides the link once it has been used, revoked or replaced.</summary>
    private void Judge()
    {
        var there = Step.Handed?.Id;
        if (made is not null && there == made.Id)
            before = there;
        if (there != before || (there == made?.Id && Step.Handed is { AcceptedAt: not null }))
            made = null;
    }

    private string Words(Question question) => question switch
    {
        { Renews: false, About.AcceptedBy: { } name } => Say["Hand.EndQuestion", name],
        { About.AcceptedBy: { } name } => Say["Hand.RenewQuestion", name],
        _ => Say["Invitation.RenewQuestion"],
    };

    private string Address(string path) => Portal.At(path);

    private string Mail(string path, DateTimeOffset expiresAt) =>
        Say["Hand.MailText", Say.Step(Step.Step), View.Tenant.Name, Address(path), Clock.Text(expiresAt), Who!.Name];

    private string MailTo(string path, DateTimeOffset expiresAt) => MailLink.To(Say["Hand.MailSubject", Say.Step(Step.Step)], Mail(path, expiresAt));

    /// <param name="About">The link, or the admission, that ends.</param>
    private sealed record Question(HandedView About, bool Renews);
}
