namespace Shop.ServiceDefaults.Memory;

/// <summary>
/// A condition with hysteresis: entered at one threshold, left below a lower one, so that a value that moves around a threshold is one
/// warning and not many.
/// </summary>
/// <param name="enter">The value from which on the condition holds.</param>
/// <param name="leave">The value below which it ends.</param>
internal sealed class WarningCondition(double enter, double leave)
{
    /// <summary>Whether the condition holds.</summary>
    public bool Holds { get; private set; }

    /// <summary>Takes the next value; true if it enters the condition.</summary>
    public bool Enters(double value)
    {
        var held = Holds;
        Holds = value >= (held ? leave : enter);
        return Holds && !held;
    }
}
