namespace Shop.Lab.Diagnosis.Judgement;

/// <summary>What is said of a growth.</summary>
internal enum Verdict
{
    /// <summary>It grew in every interval, and nothing is known that would end it.</summary>
    Leak,

    /// <summary>It grew, but a bound that it has not reached yet would end it.</summary>
    CannotTell,

    /// <summary>A pool or cache of the framework, which keeps what it once needed.</summary>
    Known,
}
