using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps;

/// <summary>The sentences of the choice who does a part of the work: the portal or the customer's own people.</summary>
public sealed record ByHandWords(Sentence Who, Sentence Portal, Sentence PortalHint, Sentence ByHand, Sentence ByHandHint);
