using System.Buffers.Binary;
using System.Text;

namespace Luware.Portal.Benchmarks.Pages.Circuits;

/// <summary>The page as built from render batches, sufficient to find what to click.</summary>
/// <remarks>
/// A batch is laid out as its sections (updated components, frames, disposed components, disposed handlers, texts), whose offsets are its last
/// five integers. Edits have sixteen bytes, frames twenty.
/// </remarks>
internal sealed class PageTree
{
    private readonly Dictionary<int, PageNode> _components = [];
    private readonly List<PageNode> _roots = [];

    public IEnumerable<PageNode> All => _roots.SelectMany(r => r.WithDescendants());

    public void Attach(int component)
    {
        var root = new PageNode(null);
        _roots.Add(root);
        _components[component] = root;
    }

    public void Apply(ReadOnlySpan<byte> data)
    {
        var batch = new Batch(data);
        for (var i = 0; i < batch.Count(batch.Updated); i++)
        {
            var diff = batch.Integer(batch.Updated + 4 + (4 * i));
            Edit(batch, _components[batch.Integer(diff)], diff + 4);
        }
        for (var i = 0; i < batch.Count(batch.Disposed); i++)
            _components.Remove(batch.Integer(batch.Disposed + 4 + (4 * i)));
    }

    private void Edit(in Batch batch, PageNode parent, int edits)
    {
        List<(int From, int To)> moves = [];
        for (var i = 0; i < batch.Count(edits); i++)
        {
            var edit = edits + 4 + (16 * i);
            var (kind, sibling, third) = ((EditKind)batch.Integer(edit), batch.Integer(edit + 4), batch.Integer(edit + 8));
            switch (kind)
            {
                case EditKind.Prepend:
                    Insert(batch, parent, sibling, third);
                    break;
                case EditKind.Remove:
                    parent.Children.RemoveAt(sibling);
                    break;
                case EditKind.SetAttribute:
                    SetAttribute(batch, parent.Children[sibling], batch.Frame(third));
                    break;
                case EditKind.RemoveAttribute when batch.Text(batch.Integer(edit + 12)) == "onclick":
                    parent.Children[sibling].OnClick = 0;
                    break;
                case EditKind.UpdateText or EditKind.UpdateMarkup:
                    parent.Children[sibling].Text = batch.Text(batch.Integer(batch.Frame(third) + 4));
                    break;
                case EditKind.StepIn:
                    parent = parent.Children[sibling];
                    break;
                case EditKind.StepOut:
                    parent = parent.Parent!;
                    break;
                case EditKind.AddMove:
                    moves.Add((sibling, third));
                    break;
                case EditKind.Move:
                    Move(parent, moves);
                    break;
            }
        }
    }

    private static void Move(PageNode parent, List<(int From, int To)> moves)
    {
        var nodes = moves.ConvertAll(m => parent.Children[m.From]);
        for (var i = 0; i < nodes.Count; i++)
            parent.Children[moves[i].To] = nodes[i];
        moves.Clear();
    }

    /// <returns>The number of siblings that the frame produced.</returns>
    private int Insert(in Batch batch, PageNode parent, int index, int frame)
    {
        var at = batch.Frame(frame);
        switch (batch.Kind(frame))
        {
            case FrameKind.Element:
                var element = Add(parent, index);
                var (next, end) = (frame + 1, frame + batch.Integer(at + 4));
                for (; next < end && batch.Kind(next) == FrameKind.Attribute; next++)
                    SetAttribute(batch, element, batch.Frame(next));
                InsertRange(batch, element, 0, next, end);
                return 1;
            case FrameKind.Text or FrameKind.Markup:
                Add(parent, index).Text = batch.Text(batch.Integer(at + 4));
                return 1;
            case FrameKind.Component:
                _components[batch.Integer(at + 8)] = Add(parent, index);
                return 1;
            case FrameKind.Region:
                return InsertRange(batch, parent, index, frame + 1, frame + batch.Integer(at + 4));
            default:
                return 0;
        }
    }

    private int InsertRange(in Batch batch, PageNode parent, int index, int frame, int end)
    {
        var first = index;
        while (frame < end)
        {
            index += Insert(batch, parent, index, frame);
            frame += batch.Kind(frame) is FrameKind.Element or FrameKind.Component or FrameKind.Region ? batch.Integer(batch.Frame(frame) + 4) : 1;
        }
        return index - first;
    }

    private static PageNode Add(PageNode parent, int index)
    {
        var node = new PageNode(parent);
        parent.Children.Insert(index, node);
        return node;
    }

    private static void SetAttribute(in Batch batch, PageNode element, int at)
    {
        switch (batch.Text(batch.Integer(at + 4)))
        {
            case "id":
                element.Id = batch.Text(batch.Integer(at + 8));
                break;
            case "onclick":
                element.OnClick = batch.Handler(at + 12);
                break;
        }
    }

    private enum EditKind
    {
        Prepend = 1,
        Remove = 2,
        SetAttribute = 3,
        RemoveAttribute = 4,
        UpdateText = 5,
        StepIn = 6,
        StepOut = 7,
        UpdateMarkup = 8,
        AddMove = 9,
        Move = 10,
    }

    private enum FrameKind
    {
        Element = 1,
        Text = 2,
        Attribute = 3,
        Component = 4,
        Region = 5,
        Markup = 8,
    }

    private readonly ref struct Batch(ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _data = data;

        public int Updated => Integer(_data.Length - 20);

        public int Disposed => Integer(_data.Length - 12);

        public int Count(int section) => Integer(section);

        public int Integer(int at) => BinaryPrimitives.ReadInt32LittleEndian(_data[at..]);

        public ulong Handler(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_data[at..]);

        public int Frame(int index) => Integer(_data.Length - 16) + 4 + (20 * index);

        public FrameKind Kind(int index) => (FrameKind)Integer(Frame(index));

        public string Text(int index)
        {
            if (index < 0)
                return "";
            var at = Integer(Integer(_data.Length - 4) + (4 * index));
            var (length, shift) = (0, 0);
            byte part;
            do
            {
                part = _data[at++];
                length |= (part & 0x7f) << shift;
                shift += 7;
            }
            while (part > 127);
            return Encoding.UTF8.GetString(_data.Slice(at, length));
        }
    }
}
