namespace Shop.ServiceDefaults.Cases;

/// <summary>What a variant holds. A variant that holds something between operations implements it; the fuse, the metrics and <c>reset</c> go through it.</summary>
public interface ICaseState
{
    /// <summary>How many items it holds now: entries, handlers, sockets; cheap to read.</summary>
    long HeldItems { get; }

    /// <summary>Lets go of everything it holds.</summary>
    void Reset();
}
