namespace Luware.Onboarding.Links;

/// <summary>Counts the results of opened links, and records refusals.</summary>
internal sealed class LinkOpenings(LinkMetrics metrics, LinkRefusals refusals)
{
    /// <param name="target">The target of a valid link; null if it is not valid.</param>
    public async Task<LinkTarget?> FoundAsync(LinkKind kind, string secret, LinkTarget? target, CancellationToken cancellationToken)
    {
        if (target is not null)
            return target;

        metrics.Opened(kind, LinkAnswerKind.Refused);
        await refusals.TellAsync(kind, secret, cancellationToken);
        return null;
    }

    public async Task AnsweredAsync(LinkKind kind, Guid linkId, LinkHolder holder, LinkAnswerKind answer, CancellationToken cancellationToken)
    {
        metrics.Opened(kind, answer);
        if (answer is LinkAnswerKind.Refused or LinkAnswerKind.OtherTenant)
            await refusals.TellAsync(kind, linkId, holder, cancellationToken);
    }
}
