namespace Luware.Portal.Benchmarks.Pages.Circuits;

/// <summary>An element, a text or a component's place: a minimal model of a browser's page.</summary>
internal sealed class PageNode(PageNode? parent)
{
    public PageNode? Parent { get; } = parent;

    public List<PageNode> Children { get; } = [];

    public string? Id { get; set; }

    public string Text { get; set; } = "";

    /// <summary>The id of the click handler; 0 for none.</summary>
    public ulong OnClick { get; set; }

    public IEnumerable<PageNode> WithDescendants()
    {
        yield return this;
        foreach (var node in Children.SelectMany(c => c.WithDescendants()))
            yield return node;
    }
}
