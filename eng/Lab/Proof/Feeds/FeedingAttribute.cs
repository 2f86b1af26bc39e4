namespace Shop.Lab.Proof.Feeds;

/// <summary>What the proof starts for a feed and how much it feeds.</summary>
/// <param name="neighbours">The services that the case's service calls, each before those that need it.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FeedingAttribute(params string[] neighbours) : Attribute
{
    /// <summary>The services that the case's service calls.</summary>
    public string[] Neighbours { get; } = neighbours;

    /// <summary>
    /// The capacity of the bounded variants; 0 leaves that of production. With a small one the warm-up fills them, so that the measured
    /// growth is not the filling.
    /// </summary>
    public int Capacity { get; init; }

    /// <summary>
    /// The operations in one window; for a Peak, the rows of the smaller operation; for a Loss, the operations around a kill.
    /// </summary>
    public int Window { get; init; } = 50;

    /// <summary>
    /// Whether the times of Leaky's and Fixed's operations are compared too, with 124 further operations of Leaky: false where it would use
    /// up what the machine grants.
    /// </summary>
    public bool IsTimed { get; init; } = true;
}
