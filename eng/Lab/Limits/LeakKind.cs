namespace Shop.Lab.Limits;

/// <summary>Which memory a process leaks.</summary>
internal enum LeakKind
{
    /// <summary>Arrays that stay reachable.</summary>
    Managed,
    /// <summary>Blocks of the C library's heap that are never freed.</summary>
    Native,
    /// <summary>None: the same arrays are garbage at once.</summary>
    Garbage,
}
