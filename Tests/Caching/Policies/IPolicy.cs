namespace Shop.Tests.Caching.Policies;

/// <summary>A textbook eviction policy for entries that all weigh 1, run over a trace by one thread: what BoundedCache is measured against.</summary>
internal interface IPolicy
{
    /// <summary>Asks for a key as get-or-add would; true for a hit.</summary>
    bool Request(int key);
}
