namespace Shop.Lab.Overload;

/// <summary>What a service did that was offered more than it can do.</summary>
/// <param name="Variant">The variant of the case.</param>
/// <param name="Unloaded">The time that 99 of 100 requests did not exceed while there was one at a time.</param>
/// <param name="Rate">The requests that it was offered, per second.</param>
/// <param name="Answers">Its answers to them.</param>
/// <param name="After">The status of one request afterwards; <see cref="Answers.None"/> if there was no answer.</param>
/// <param name="ExitCode">The exit code, if the process has ended.</param>
internal sealed record OverloadResult(string Variant, TimeSpan? Unloaded, double Rate, Answers Answers, int After, int? ExitCode)
{
    /// <summary>How many times longer an accepted request may take than an unloaded one, each by the 99th percentile.</summary>
    public const double MaxRatio = 3;

    /// <summary>How many times longer the accepted requests took; null if there are none.</summary>
    public double? Ratio => Answers.P99 / Unloaded;

    /// <summary>
    /// Whether it only accepted or refused, was nearly as fast for those that it accepted, and serves afterwards.
    /// </summary>
    public bool Holds => Answers.AreOrderly && Ratio <= MaxRatio && Answers.IsSuccess(After) && ExitCode is null;
}
