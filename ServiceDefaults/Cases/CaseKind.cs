namespace Shop.ServiceDefaults.Cases;

/// <summary>The kind of evidence of a case, which decides how its proof judges it.</summary>
public enum CaseKind
{
    /// <summary>Live bytes grow with each operation, retained by a named root.</summary>
    Retained,
    /// <summary>Bytes allocated per operation, with their collections and pauses.</summary>
    Allocated,
    /// <summary>Heap size above its baseline during one operation.</summary>
    Peak,
    /// <summary>Sockets, watches and descriptors that outlive their use.</summary>
    Handles,
    /// <summary>Accepted work that is lost, duplicated or unexpected.</summary>
    Loss,
    /// <summary>A measured matrix of runtime settings, reported without a verdict.</summary>
    Setting,
}
