using Luware.Onboarding.Texts;
using PdfSharp.Fonts;

namespace Luware.Onboarding.Handover;

/// <summary>The hand-over as a PDF, in the order of an auditor's questions: what exists, who decided, what was carried out, and how to check that.</summary>
internal sealed class HandoverPdf
{
    private readonly HandoverFonts fonts;
    private readonly Say say;

    public HandoverPdf(HandoverFonts fonts, Say say)
    {
        (this.fonts, this.say) = (fonts, say);
        // The PDF library has one font resolver per process.
        if (fonts.IsComplete && GlobalFontSettings.FontResolver is null)
            GlobalFontSettings.FontResolver = fonts;
    }

    /// <summary>False if the machine lacks the fonts.</summary>
    public bool CanWrite => fonts.IsComplete;

    public async Task WriteAsync(HandoverModel model, Stream stream, CancellationToken cancellationToken)
    {
        using var paper = new Paper(say["Handover.Of", model.Tenant.Name], model.Language);
        Begin(paper, model);
        foreach (var step in model.Steps)
            Step(paper, step);
        if (HandoverWords.IsRecording(model))
            JoinAndLeave(paper);
        Events(paper, model);
        Actions(paper, model);
        End(paper, model.Audit);

        // The PDF library writes synchronously, which the response stream does not allow.
        using var content = new MemoryStream();
        paper.Save(content, $"{say["Handover.Of", model.Tenant.Name]} · {HandoverWords.Time(model.WrittenAt)}", (page, of) => say["Handover.Page", page, of]);
        content.Position = 0;
        await content.CopyToAsync(stream, cancellationToken);
    }

    private void Begin(Paper paper, HandoverModel model)
    {
        paper.Write(PaperStyle.Title, say["Handover.Of", model.Tenant.Name]);
        paper.Write(PaperStyle.Text, say["Handover.Lead"]);
        if (HandoverWords.Unfinished(say, model) is { } unfinished)
            paper.Write(PaperStyle.Strong, unfinished);
        paper.Table([("", 1), ("", 3)],
        [
            Fact("Handover.Tenant", model.Tenant.Name, $"{model.Tenant.EntraTenantId}"),
            Fact("Handover.Region", model.Tenant.Region, model.Tenant.RegionKey),
            .. model.Tenant.Applications.Select(a => Fact("Handover.Application", a.DisplayName, $"{a.ApplicationId}")),
            .. model.Tenant.Specialist is { } specialist ? [Fact("Handover.Specialist", specialist, null)] : Array.Empty<PaperCell[]>(),
            Fact("Handover.WrittenAt", HandoverWords.Time(model.WrittenAt), null),
        ]);
    }

    private PaperCell[] Fact(string label, string text, string? id) =>
        [PaperCell.Of(say[label]), id is null ? PaperCell.Of(text) : new PaperCell((PaperStyle.Strong, text), (PaperStyle.Fixed, id))];

    private void Step(Paper paper, HandoverStep step)
    {
        paper.Write(PaperStyle.Heading, $"{step.Number} {step.Name}", before: 14);
        paper.Write(PaperStyle.Text, string.Join(" · ", HandoverWords.Standing(say, step)));
        if (step.Objects.Count == 0)
            return;
        paper.Table(
            [(say["Handover.Object"], 3), (say["Handover.Found"], 3), (say["Handover.Evidence"], 5)],
            step.Objects.Select(item => new[]
            {
                new PaperCell((PaperStyle.Strong, item.Name), (PaperStyle.Small, item.Kind)),
                new PaperCell(
                    [(PaperStyle.Text, HandoverWords.State(say, item)), (PaperStyle.Small, item.Found), .. item.Notes.Select(n => (PaperStyle.Small, n))]),
                new PaperCell([(PaperStyle.Fixed, item.Evidence), .. item.Permissions.Select(p => (PaperStyle.Small, $"{p.Name}: {p.Found}"))]),
            }));
    }

    private void JoinAndLeave(Paper paper)
    {
        paper.Write(PaperStyle.Heading, say["Join.Title"], before: 14);
        foreach (var line in Parts.JoinAndLeave.Lines.Prepend("Join.Text"))
            paper.Write(PaperStyle.Text, say[line]);
    }

    private void Events(Paper paper, HandoverModel model)
    {
        paper.Write(PaperStyle.Heading, say["Handover.Events"], before: 14);
        paper.Table(
            [(say["Handover.Entry"], 1.3), (say["Handover.At"], 2.4), (say["Handover.What"], 5), (say["Handover.By"], 3.2)],
            model.Events.Select(e => new[]
            {
                PaperCell.Of($"{e.Sequence}"), PaperCell.Of(HandoverWords.Time(e.At)),
                new PaperCell(
                [
                    (PaperStyle.Text, e.What),
                    .. e.Step is { } step && HandoverWords.Step(model, step) is { } name ? [(PaperStyle.Small, name)] : Array.Empty<(PaperStyle, string)>(),
                ]),
                e.By is { } person
                    ? new PaperCell((PaperStyle.Text, person.Name ?? ""), (PaperStyle.Fixed, $"{person.ObjectId}"))
                    : PaperCell.Of(say["Audit.Itself"]),
            }));
    }

    private void Actions(Paper paper, HandoverModel model)
    {
        paper.Write(PaperStyle.Heading, say["Handover.Actions"], before: 14);
        paper.Write(PaperStyle.Text, say["Handover.ActionsText"]);
        paper.Table(
            [(say["Handover.Entry"], 1.3), (say["Handover.At"], 2.4), (say["Handover.What"], 6), (say["Handover.Outcome"], 2.2)],
            model.Actions.Select(a => new[]
            {
                PaperCell.Of($"{a.Sequence}"),
                new PaperCell(
                    (PaperStyle.Text, HandoverWords.Time(a.At)),
                    (PaperStyle.Small, a.RightsOf is { } person ? say["Handover.RightsOf", person.Shown] : "")),
                new PaperCell((PaperStyle.Strong, a.What), (PaperStyle.Fixed, a.Sent)),
                new PaperCell(
                    [(PaperStyle.Text, a.OutcomeWord), .. a.CorrelationId is { } id ? [(PaperStyle.Fixed, id)] : Array.Empty<(PaperStyle, string)>()]),
            }));
    }

    private void End(Paper paper, HandoverAudit audit)
    {
        paper.Write(PaperStyle.Heading, say["Handover.Audit"], before: 14);
        paper.Write(PaperStyle.Text, HandoverWords.Audit(say, audit));
        if (audit.Head is { } head)
            paper.Write(PaperStyle.Fixed, head);
        paper.Write(PaperStyle.Text, say["Handover.AuditText"]);
    }
}
