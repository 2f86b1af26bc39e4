namespace Shop.Lab.Proof.Measuring;

/// <summary>Operations that went wrong.</summary>
/// <param name="Lost">Accepted, but not executed.</param>
/// <param name="Doubled">Executed more than once.</param>
/// <param name="Unexpected">Executed, although refused or never sent.</param>
internal readonly record struct LossCount(int Lost, int Doubled, int Unexpected)
{
    public int Total => Lost + Doubled + Unexpected;
}
