using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>A line of the journal before it is written.</summary>
internal sealed record JournalLine(Guid TenantId, Guid? RunId, JournalKind Kind, Sentence Text)
{
    public string Step { get; init; } = "";

    public string? ActionKey { get; init; }

    public Guid? Person { get; init; }

    /// <summary>Set when the person is one of Luware's.</summary>
    public Guid? PersonTenant { get; init; }

    /// <summary>Facts that only the audit entry holds.</summary>
    public AuditData Facts { get; init; } = [];

    public RemoteAnswer? Answer { get; init; }

    /// <summary>The messages of gateways during the call, one per line.</summary>
    public string? Said { get; init; }

    public string? Raw => Answer is null || Said is null ? Answer?.WordForWord ?? Said : $"{Said}\n{Answer.WordForWord}";

    public static JournalLine Of(Run run, JournalKind kind, Sentence text, string step = "") => new(run.TenantId, run.Id, kind, text) { Step = step };

    /// <summary>What a line is about, as its entry in the audit names it.</summary>
    public static string SubjectOf(string step, string? actionKey) => string.Join('/', new[] { step, actionKey }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>Converts the line to its audit entry, without the sentence's arguments and the answer's words, which may contain names.</summary>
    public AuditLine ToAudit()
    {
        var data = new AuditData { ["run"] = RunId, ["says"] = Text.Key, ["answer"] = Answer?.Code, ["correlationId"] = Answer?.CorrelationId };
        foreach (var (name, value) in Facts)
            data[name] = value;
        return new AuditLine(TenantId, Kind.ToString())
        {
            Subject = SubjectOf(Step, ActionKey), Person = Person, PersonTenant = PersonTenant, Data = data,
        };
    }
}
