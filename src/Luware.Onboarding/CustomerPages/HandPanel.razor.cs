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

    /// <summary>The link, or the admission, whose end the person is asked about; null if they are asked nothing.</summary>
    private HandedView? asked;

    [Inject] public required IColleagueLinks Links { get; init; }
    [Inject] public required PublicAddress Portal { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    [Parameter, EditorRequired] public required StepView Step { get; set; }

    protected override void OnParametersSet()
    {
        Judge();
        // What was asked about may have gone, or have been accepted, meanwhile.
        if (asked is not null && (Step.Handed?.Id != asked.Id || Step.Handed.AcceptedBy != asked.AcceptedBy))
            asked = null;
    }

    /// <summary>Asks first while a link is good that would stop working, or a colleague has the step who would lose it.</summary>
    private Task RenewAsync()
    {
        if (Step.Handed is not { } old || !old.IsGoodAt(Clock.Now))
            return MakeAsync();

        Ask(old);
        return Task.CompletedTask;
    }

    private void Ask(HandedView? old)
    {
        asked = old;
        FocusOn(asked is null ? "#hand-make" : "#hand-question");
    }

    private async Task ReplaceAsync()
    {
        if (asked is null || IsBusy)
            return;

        asked = null;
        await MakeAsync();
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

    private string Address(string path) => Portal.At(path);

    private string Mail(string path, DateTimeOffset expiresAt) =>
        Say["Hand.MailText", Say.Step(Step.Step), View.Tenant.Name, Address(path), Clock.Text(expiresAt), Who!.Name];

    private string MailTo(string path, DateTimeOffset expiresAt) => MailLink.To(Say["Hand.MailSubject", Say.Step(Step.Step)], Mail(path, expiresAt));
}
