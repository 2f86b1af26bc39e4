namespace Shop.ServiceDefaults.Cases;

/// <summary>How often the lab had this process's garbage collected.</summary>
internal sealed class CollectCount
{
    private int _value;

    public int Value => Volatile.Read(ref _value);

    public void Add() => Interlocked.Increment(ref _value);
}
