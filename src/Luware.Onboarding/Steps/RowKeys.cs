namespace Luware.Onboarding.Steps;

/// <summary>Identifies the rows of a list independently of their places and names, so that what one holds (open, typed) does not pass to another.</summary>
internal sealed class RowKeys
{
    private readonly List<object> keys = [];

    public object this[int index]
    {
        get
        {
            while (keys.Count <= index)
                keys.Add(new object());
            return keys[index];
        }
    }

    public void Remove(int index)
    {
        if (index < keys.Count)
            keys.RemoveAt(index);
    }
}
