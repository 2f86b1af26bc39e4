namespace Shop.Lab.Load;

/// <summary>What the session's shoppers do.</summary>
internal enum LoadState
{
    /// <summary>There are none.</summary>
    Off,

    /// <summary>The services are asked whether they are there.</summary>
    Starting,

    /// <summary>They come.</summary>
    On,

    /// <summary>No more come, and the last ones leave.</summary>
    Stopping,
}
