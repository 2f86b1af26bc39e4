namespace Shop.Lab.Drills;

/// <summary>The answer to an answer.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Drill">The drill after it.</param>
internal sealed record DrillReply(DrillVerdict Verdict, DrillView Drill);
