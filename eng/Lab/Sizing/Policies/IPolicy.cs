namespace Shop.Lab.Sizing.Policies;

/// <summary>A published eviction policy, for entries of weight 1 and one thread: the reference for BoundedCache's hit rate.</summary>
internal interface IPolicy
{
    /// <summary>Requests a key, as get-or-add does; true for a hit.</summary>
    bool Request(int key);
}
