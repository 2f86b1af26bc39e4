namespace Shop.ServiceDefaults.Cases;

/// <summary>Implemented by variants that hold state between operations; used by the fuse, the metrics and <c>reset</c>.</summary>
public interface ICaseState
{
    /// <summary>The current number of items (entries, handlers, sockets); cheap to read.</summary>
    long HeldItems { get; }

    /// <summary>Releases all items.</summary>
    void Reset();
}
