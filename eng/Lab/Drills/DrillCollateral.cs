using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Drills;

/// <summary>What the customers had to bear during a drill, from the samples of all instances.</summary>
/// <param name="started">When the drill started.</param>
internal sealed class DrillCollateral(DateTimeOffset started)
{
    // By process: the failures that were counted last.
    private readonly Dictionary<(string Instance, DateTimeOffset Started), long> _failures = [];

    /// <summary>Processes that were started during the drill.</summary>
    public int Restarts { get; private set; }

    /// <summary>Requests that were answered with 5xx.</summary>
    public long Failures { get; private set; }

    /// <summary>Adds a sample; the totals of a process that ran before the drill begin with its first one.</summary>
    public void Add(LiveSample sample)
    {
        var process = (sample.Instance, sample.Started);
        if (!_failures.TryGetValue(process, out var before))
        {
            before = sample.Failures;
            if (sample.Started > started)
            {
                Restarts++;
                before = 0;
            }
        }
        Failures += sample.Failures - before;
        _failures[process] = sample.Failures;
    }
}
